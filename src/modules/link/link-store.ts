import { randomUUID } from 'node:crypto';
import type { Instant } from '#kernel/instant.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';

export function linkStore(tx: Tx, companyId: string) {
  return {
    /** The customer's own words, where they can be blanked; `field` says the way they came. */
    async insertWords(caseId: string, way: 'page' | 'sms' | 'counter', words: string): Promise<string> {
      const id = newId();
      await tx.run(sql`
        insert into case_texts (company_id, id, case_id, kind, field, body, salt, at)
        values (${companyId}, ${id}, ${caseId}, 'note', ${`customer.${way}`}, ${words}, ${randomUUID()},
          ${timestamp(tx.now)})`);
      return id;
    },

    async setLanguage(caseId: string, language: 'zh' | 'en'): Promise<void> {
      await tx.run(sql`
        update cases set language = ${language} where cases.company_id = ${companyId} and cases.id = ${caseId}`);
    },

    async countWords(caseId: string): Promise<number> {
      const { n } = await tx.one<{ n: number }>(sql`
        select count(*) as n from case_texts x
        where x.company_id = ${companyId} and x.case_id = ${caseId} and x.kind = 'note'
          and x.field in ('customer.page', 'customer.sms')`);
      return n;
    },

    /** Who holds an open task of the case, and who was asked first. */
    async listHolders(caseId: string): Promise<string[]> {
      const rows = await tx.rows<{ personId: string }>(sql`
        select c.first_asked_id as "personId" from cases c where c.company_id = ${companyId} and c.id = ${caseId}
        union
        select t.holder_id from case_orders l
        join tasks t on t.company_id = l.company_id and t.order_id = l.order_id and t.state = 'open'
          and (t.case_id is null or t.case_id = l.case_id)
        where l.company_id = ${companyId} and l.case_id = ${caseId} and l.unlinked_at is null
          and t.holder_id is not null`);
      return rows.map((row) => row.personId);
    },

    /** The last four digits that he must know; undefined: no phone is known. */
    async findDigits(caseId: string): Promise<string | undefined> {
      const row = await tx.one<{ phone: string | null }>(sql`select ${phoneOf(companyId, caseId)} as phone`);
      return row.phone?.replaceAll(/\D/g, '').slice(-4);
    },

    async findTries(caseId: string): Promise<{ failures: number; lockedUntil: Instant | null }> {
      const row = await tx.maybe<{ failures: number; lockedUntil: Instant | null }>(sql`
        select t.failures, t.locked_until as "lockedUntil" from case_link_tries t
        where t.company_id = ${companyId} and t.case_id = ${caseId} for update`);
      return row ?? { failures: 0, lockedUntil: null };
    },

    async saveTries(caseId: string, failures: number, lockedUntil: Instant | null): Promise<void> {
      await tx.run(sql`
        insert into case_link_tries (company_id, case_id, failures, locked_until)
        values (${companyId}, ${caseId}, ${failures}, ${timestamp(lockedUntil)})
        on conflict (company_id, case_id) do update
          set failures = excluded.failures, locked_until = excluded.locked_until`);
    },
  };
}

/** The phone of a case: the contact's, else the household's, never of one who wants to stay unknown. */
export function phoneOf(companyId: string, caseId: string) {
  return sql`(select coalesce(
      (select x.body from case_texts x where x.company_id = c.company_id and x.case_id = c.id
        and x.kind = 'contact-phone' and x.blanked_at is null order by x.at desc limit 1),
      (select m.phone from households h
        join customers m on m.company_id = h.company_id and m.id = h.customer_id
        where h.company_id = c.company_id and h.id = c.household_id))
    from cases c
    where c.company_id = ${companyId} and c.id = ${caseId} and not exists (select 1 from case_orders l
      join orders o on o.company_id = l.company_id and o.id = l.order_id
      where l.company_id = c.company_id and l.case_id = c.id
        and o.process_state #>> array['caseFacts', c.id::text, 'anonymous'] = 'true'))`;
}
