import type { Instant } from '#kernel/instant.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';

/** Writes of a meeting. */
export function meetingStore(tx: Tx, companyId: string) {
  return {
    async insert(meeting: {
      readonly calledBy: string;
      readonly meetsAt: Instant;
      readonly unitIds: readonly string[];
    }): Promise<string> {
      const id = newId();
      await tx.run(sql`
        insert into meetings (company_id, id, called_by, called_at, meets_at, state)
        values (${companyId}, ${id}, ${meeting.calledBy}, ${timestamp(tx.now)}, ${timestamp(meeting.meetsAt)}, 'called')`);
      await tx.run(sql`
        insert into meeting_units (company_id, meeting_id, unit_id)
        select ${companyId}, ${id}, u.id from unnest(${meeting.unitIds}::uuid[]) u (id)`);
      return id;
    },

    async addCase(id: string, caseId: string, purposeId: string): Promise<void> {
      await tx.run(sql`
        insert into meeting_cases (company_id, meeting_id, case_id, purpose_id)
        values (${companyId}, ${id}, ${caseId}, ${purposeId})`);
    },

    async insertDecision(
      id: string,
      became: { readonly requestId: string | null; readonly commitmentId: string | null },
    ): Promise<void> {
      await tx.run(sql`
        insert into meeting_decisions (company_id, meeting_id, id, request_id, commitment_id)
        values (${companyId}, ${id}, ${newId()}, ${became.requestId}, ${became.commitmentId})`);
    },

    /** `came` null: nobody knows who would have come. */
    async end(
      id: string,
      how: {
        readonly state: 'held' | 'cancelled';
        readonly by: string;
        readonly came: readonly string[] | null;
      },
    ): Promise<void> {
      await tx.run(sql`
        update meetings set state = ${how.state}, ended_by = ${how.by}, ended_at = ${timestamp(tx.now)}
        where meetings.company_id = ${companyId} and meetings.id = ${id}`);
      if (how.came === null) return;
      await tx.run(sql`
        update meeting_units set came = meeting_units.unit_id = any(${how.came}::uuid[])
        where meeting_units.company_id = ${companyId} and meeting_units.meeting_id = ${id}`);
    },
  };
}
