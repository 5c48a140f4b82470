import type { Instant } from '#kernel/instant.ts';
import { type Tx, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { FlagFacts, FlagKind, FlagProposal } from './domain/flag.ts';

export type NewFlag = FlagProposal & {
  readonly id: string;
  readonly householdId: string;
  readonly evidenceNote: string;
  readonly setBy: string;
  readonly setAt: Instant;
};

export function customerStore(tx: Tx, companyId: string) {
  return {
    /** Facts to decide a flag on; the household is locked, so that two clerks cannot set the same flag twice. */
    async flagFacts(householdId: string): Promise<FlagFacts | undefined> {
      const household = await tx.maybe<{ closed: boolean }>(sql`
        select h.closed_on is not null as closed from households h
        where h.company_id = ${companyId} and h.id = ${householdId} for update`);
      if (household === undefined) return undefined;
      await tx.run(sql`
        update household_flags set ended_at = household_flags.expires_at, end_reason = 'expired'
        where household_flags.company_id = ${companyId} and household_flags.household_id = ${householdId}
          and household_flags.ended_at is null and household_flags.expires_at <= ${timestamp(tx.now)}`);
      const open = await tx.rows<{ kind: FlagKind }>(sql`
        select f.kind from household_flags f
        where f.company_id = ${companyId} and f.household_id = ${householdId} and f.ended_at is null`);
      return { householdClosed: household.closed, openKinds: open.map((flag) => flag.kind) };
    },

    /** The address of the household's customer, who is locked; undefined: no such household. */
    async findEmail(householdId: string): Promise<{ readonly email: string | null } | undefined> {
      return await tx.maybe(sql`
        select c.email from households h join customers c on c.company_id = h.company_id and c.id = h.customer_id
        where h.company_id = ${companyId} and h.id = ${householdId} for update of c`);
    },

    async setReach(
      householdId: string,
      reach: { readonly by: 'sms' | 'mail'; readonly email: string | null; readonly language: 'zh' | 'en' },
    ): Promise<void> {
      await tx.run(sql`
        update customers set reach_by = ${reach.by}, email = ${reach.email}, language = ${reach.language}
        from households h
        where h.company_id = ${companyId} and h.id = ${householdId} and customers.company_id = h.company_id
          and customers.id = h.customer_id`);
    },

    /** Whether he wants to hear of outages by message. */
    async setOutageNews(householdId: string, wanted: boolean): Promise<void> {
      await tx.run(sql`
        update customers set outage_news = ${wanted}
        from households h
        where h.company_id = ${companyId} and h.id = ${householdId} and customers.company_id = h.company_id
          and customers.id = h.customer_id`);
    },

    async insertFlag(flag: NewFlag): Promise<void> {
      await tx.run(sql`
        insert into household_flags
          (company_id, id, household_id, kind, evidence, evidence_note, consent, set_by, set_at, expires_at)
        values (${companyId}, ${flag.id}, ${flag.householdId}, ${flag.kind}, ${flag.evidence}, ${flag.evidenceNote},
          ${flag.consent}, ${flag.setBy}, ${timestamp(flag.setAt)}, ${timestamp(flag.expiresAt)})`);
    },

    /** Records why somebody saw a household in clear. */
    async insertReveal(reveal: {
      readonly id: string;
      readonly householdId: string;
      readonly personId: string;
      readonly reason: string;
    }): Promise<void> {
      await tx.run(sql`
        insert into household_reveals (company_id, id, household_id, person_id, reason, at)
        values (${companyId}, ${reveal.id}, ${reveal.householdId}, ${reveal.personId}, ${reveal.reason},
          ${timestamp(tx.now)})`);
    },

    /** How many different households this person saw in clear since then. */
    async countRevealed(personId: string, since: Instant): Promise<number> {
      const { seen } = await tx.one<{ seen: number }>(sql`
        select count(distinct r.household_id) as seen from household_reveals r
        where r.company_id = ${companyId} and r.person_id = ${personId} and r.at >= ${timestamp(since)}`);
      return seen;
    },

    /** Says whether an open flag was ended. */
    async endFlag(flag: {
      readonly id: string;
      readonly householdId: string;
      readonly by: string;
      readonly reason: string;
    }): Promise<boolean> {
      const ended = await tx.run(sql`
        update household_flags set ended_at = ${timestamp(tx.now)}, ended_by = ${flag.by}, end_reason = ${flag.reason}
        where household_flags.company_id = ${companyId} and household_flags.id = ${flag.id}
          and household_flags.household_id = ${flag.householdId}
          and household_flags.ended_at is null`);
      return ended === 1;
    },
  };
}
