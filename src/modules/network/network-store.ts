import type { Instant } from '#kernel/instant.ts';
import { type Tx, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { SwitchingReason } from './domain/index.ts';

export type NewSwitching = {
  readonly id: string;
  readonly deviceId: string;
  readonly open: boolean;
  readonly planned: boolean;
  readonly reason: SwitchingReason;
  readonly note: string | null;
  readonly at: Instant;
  readonly by: string;
  readonly darkened: number;
  readonly restored: number;
};

/** Any constant; the grid of a company is changed by one transaction at a time. */
const GRID_LOCK = 4_150_005;

export function networkStore(tx: Tx, companyId: string) {
  return {
    async lockGrid(): Promise<void> {
      await tx.run(sql`select pg_advisory_xact_lock(${GRID_LOCK}, hashtext(${companyId}))`);
    },

    async findDevice(
      id: string,
    ): Promise<{ readonly transformerId: string | null; readonly lastAt: Instant | null } | undefined> {
      return await tx.maybe(sql`
        select p.transformer_id as "transformerId", n.since as "lastAt"
        from network_places p
        left join network_states n on n.company_id = p.company_id and n.device_id = p.device_id
        where p.company_id = ${companyId} and p.device_id = ${id} and p.until is null`);
    },

    /** The switching, and the state that follows from it. */
    async insertSwitching(switching: NewSwitching): Promise<void> {
      const { id, deviceId, open, planned, reason, note, at, by, darkened, restored } = switching;
      await tx.run(sql`
        insert into network_switchings
          (company_id, id, device_id, open, planned, reason, note, at, recorded_at, by_id, darkened, restored)
        values (${companyId}, ${id}, ${deviceId}, ${open}, ${planned}, ${reason}, ${note}, ${timestamp(at)},
          ${timestamp(tx.now)}, ${by}, ${darkened}, ${restored})`);
      await tx.run(sql`
        insert into network_states (company_id, device_id, open, since, switching_id)
        values (${companyId}, ${deviceId}, ${open}, ${timestamp(at)}, ${id})
        on conflict (company_id, device_id) do update
        set open = excluded.open, since = excluded.since, switching_id = excluded.switching_id`);
    },

    /** What a switching darkened is dark from then on; what it gave back ends there, or as it began when entered out of order. */
    async recordDark(
      switchingId: string,
      at: Instant,
      { began, ended }: { readonly began: readonly string[]; readonly ended: readonly string[] },
    ): Promise<void> {
      await tx.run(sql`
        update network_dark set until = greatest(network_dark.since, ${timestamp(at)}::timestamptz), ended_by = ${switchingId}
        where network_dark.company_id = ${companyId} and network_dark.device_id = any(${ended}::uuid[])
          and network_dark.until is null`);
      await tx.run(sql`
        insert into network_dark (company_id, device_id, began_by, since)
        select ${companyId}, b.id, ${switchingId}, ${timestamp(at)} from unnest(${began}::uuid[]) as b (id)`);
    },
  };
}
