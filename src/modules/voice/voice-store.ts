import type { Instant } from '#kernel/instant.ts';
import type { Liability, Verdict } from '#modules/process/domain/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';

export type NewVerdict = {
  readonly id: string;
  readonly caseId: string;
  readonly verdict: Verdict;
  readonly liability: Liability;
  readonly liableUnitId: string | null;
  readonly groundsId: string;
  readonly givenBy: string;
};

export type StandingVerdict = Omit<NewVerdict, 'groundsId'>;

/** Writes of the complaint desk. */
export function voiceStore(tx: Tx, companyId: string) {
  return {
    async insertGrade(grade: {
      readonly caseId: string;
      readonly grade: string;
      readonly complaintClass: string;
      readonly reasons: readonly string[];
      readonly by: string;
    }): Promise<void> {
      await tx.run(sql`
        insert into complaint_grades (company_id, id, case_id, grade, complaint_class, reasons, by_person_id, at)
        values (${companyId}, ${newId()}, ${grade.caseId}, ${grade.grade}, ${grade.complaintClass},
          ${grade.reasons}::text[], ${grade.by}, ${timestamp(tx.now)})`);
    },

    /** False: it is owed or done already, from an earlier grading. */
    async insertDuty(duty: {
      readonly caseId: string;
      readonly duty: string;
      readonly post: string;
      readonly dueAt: Instant;
    }): Promise<boolean> {
      const inserted = await tx.run(sql`
        insert into complaint_duties (company_id, id, case_id, duty, post, owed_at, due_at)
        values (${companyId}, ${newId()}, ${duty.caseId}, ${duty.duty}, ${duty.post}, ${timestamp(tx.now)},
          ${timestamp(duty.dueAt)}) on conflict (company_id, case_id, duty) do nothing`);
      return inserted > 0;
    },

    async findStanding(caseId: string): Promise<StandingVerdict | undefined> {
      return await tx.maybe<StandingVerdict>(sql`
        select v.id, v.case_id as "caseId", v.verdict, v.liability, v.liable_unit_id as "liableUnitId",
          v.given_by as "givenBy"
        from complaint_verdicts v
        where v.company_id = ${companyId} and v.case_id = ${caseId} and v.state = 'standing' for update`);
    },

    /** From now on this one stands; the one before stays as it was, replaced. */
    async insertVerdict(verdict: NewVerdict): Promise<void> {
      await tx.run(sql`
        update complaint_verdicts set state = 'replaced'
        where complaint_verdicts.company_id = ${companyId} and complaint_verdicts.case_id = ${verdict.caseId}
          and complaint_verdicts.state = 'standing'`);
      await tx.run(sql`
        insert into complaint_verdicts (company_id, id, case_id, verdict, liability, liable_unit_id, grounds_id, given_by,
          given_at, state)
        values (${companyId}, ${verdict.id}, ${verdict.caseId}, ${verdict.verdict}, ${verdict.liability},
          ${verdict.liableUnitId}, ${verdict.groundsId}, ${verdict.givenBy}, ${timestamp(tx.now)}, 'standing')`);
    },

    /** False: kept away already. */
    async keepAway(away: {
      readonly caseIds: readonly string[];
      readonly who: string;
      readonly kind: 'recused' | 'accused-person' | 'liable-unit';
      readonly reasonId: string | null;
      readonly by: string;
    }): Promise<boolean> {
      const inserted = await tx.run(sql`
        insert into case_kept_away (company_id, case_id, who, kind, reason_id, by_person_id, at)
        select ${companyId}, c.id, ${away.who}, ${away.kind}, ${away.reasonId}, ${away.by}, ${timestamp(tx.now)}
        from unnest(${away.caseIds}::uuid[]) c (id) on conflict do nothing`);
      return inserted > 0;
    },

    /** A person who keeps away, and who imposed it. */
    async findAway(caseId: string, personId: string): Promise<{ kind: string; by: string } | undefined> {
      return await tx.maybe(sql`
        select k.kind, k.by_person_id as by from case_kept_away k
        where k.company_id = ${companyId} and k.case_id = ${caseId} and k.who = ${personId}
          and k.kind in ('recused', 'accused-person') for update`);
    },

    async letBack(caseId: string, personId: string): Promise<void> {
      await tx.run(sql`
        delete from case_kept_away where case_kept_away.company_id = ${companyId}
          and case_kept_away.case_id = ${caseId} and case_kept_away.who = ${personId}
          and case_kept_away.kind in ('recused', 'accused-person')`);
    },

    /** A unit that is not liable any more. */
    async clearUnit(caseIds: readonly string[], unitId: string): Promise<void> {
      await tx.run(sql`
        delete from case_kept_away where case_kept_away.company_id = ${companyId}
          and case_kept_away.case_id = any(${caseIds}::uuid[]) and case_kept_away.who = ${unitId}
          and case_kept_away.kind = 'liable-unit'`);
    },

    async listCaseIds(orderId: string): Promise<string[]> {
      const rows = await tx.rows<{ id: string }>(sql`
        select l.case_id as id from case_orders l
        where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null`);
      return rows.map((row) => row.id);
    },
  };
}
