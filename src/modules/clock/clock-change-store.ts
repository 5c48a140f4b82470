import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CalendarYear } from './domain/index.ts';

export type NewChange = {
  readonly id: string;
  readonly kind: 'calendar' | 'correction';
  readonly year: number | null;
  readonly limitId: string | null;
  readonly value: number | null;
  readonly reason: string;
  readonly askedBy: string;
};

export type AskedChange = {
  readonly id: string;
  readonly state: 'asked' | 'in-force' | 'rejected';
  readonly askedBy: string;
  readonly limitId: string | null;
};

/** One change comes into force after the other, in every process. */
const ORDER_LOCK = 4_150_070;

export function clockChangeStore(tx: Tx, companyId: string) {
  async function nextSeq(): Promise<number> {
    await tx.run(sql`select pg_advisory_xact_lock(${ORDER_LOCK})`);
    const { seq } = await tx.one<{ seq: number }>(sql`
      select coalesce(max(h.seq), 0) + 1 as seq from clock_changes h where h.company_id = ${companyId}`);
    return seq;
  }

  return {
    async insertAsked(change: NewChange): Promise<void> {
      await tx.run(sql`
        insert into clock_changes (company_id, id, kind, state, limit_id, value, reason, asked_by, asked_at)
        values (${companyId}, ${change.id}, ${change.kind}, 'asked', ${change.limitId}, ${change.value}, ${change.reason},
          ${change.askedBy}, ${timestamp(tx.now)})`);
    },

    /** A calendar needs no second person: the State Council has signed it. */
    async insertYear(change: NewChange, year: CalendarYear): Promise<number> {
      const seq = await nextSeq();
      await tx.run(sql`
        insert into clock_changes (company_id, id, kind, state, seq, year, reason, asked_by, asked_at)
        values (${companyId}, ${change.id}, 'calendar', 'in-force', ${seq}, ${year.year}, ${change.reason},
          ${change.askedBy}, ${timestamp(tx.now)})`);
      await tx.run(sql`
        insert into calendar_years (company_id, year, change_id, papers, days)
        values (${companyId}, ${year.year}, ${change.id}, ${[...year.papers]}::text[], ${JSON.stringify(year.days)})`);
      return seq;
    },

    async find(id: string): Promise<AskedChange | undefined> {
      return await tx.maybe<AskedChange>(sql`
        select h.id, h.state, h.asked_by as "askedBy", h.limit_id as "limitId" from clock_changes h
        where h.company_id = ${companyId} and h.id = ${id} for update`);
    },

    async decide(id: string, approve: boolean, by: string): Promise<void> {
      const seq = approve ? await nextSeq() : null;
      await tx.run(sql`
        update clock_changes set state = ${approve ? 'in-force' : 'rejected'}, seq = ${seq}, decided_by = ${by},
          decided_at = ${timestamp(tx.now)}
        where clock_changes.company_id = ${companyId} and clock_changes.id = ${id}`);
    },
  };
}
