import { MINUTE } from '#kernel/instant.ts';
import { enqueue } from '#modules/notice/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type ClockLook, jumpBetween } from './domain/clock-watch.ts';

/** After a jump nothing is told for so long, while everything is recorded: somebody may set the clock right again. */
const HOLD = 2 * MINUTE;

export type JumpWatch = {
  /** Looks at the clocks; answers for how many business milliseconds messages have to wait. */
  look(): Promise<number>;
};

/** Watches the database's clock against one that only runs on, and tells the administrators when it jumped. */
export function jumpWatch(
  database: Database,
  scale: number,
  running: () => number = () => performance.now(),
): JumpWatch {
  let last: ClockLook | undefined;
  let heldUntil = Number.NEGATIVE_INFINITY;
  return {
    async look() {
      const now = { wall: await database.now(), running: running() };
      const jump = last === undefined ? 0 : jumpBetween(last, now, scale);
      last = now;
      if (jump !== 0) {
        heldUntil = now.running + HOLD;
        await tellAdministrators(database, jump);
      }
      return Math.max(0, heldUntil - now.running) * scale;
    },
  };
}

async function tellAdministrators(database: Database, jump: number): Promise<void> {
  await database.transaction(async (tx) => {
    const people = await tx.rows<{ company_id: string; person_id: string }>(sql`
      select g.company_id, g.person_id from role_grants g where g.role = 'administrator'`);
    for (const { company_id: companyId, person_id: personId } of people)
      await enqueue(tx, companyId, [
        {
          // Every process notices; one alarm a minute and person is enough.
          key: `clock-jumped:${Math.floor(tx.now / MINUTE)}:${personId}`,
          channel: 'desk',
          template: 'clock-jumped',
          to: { personId },
          data: { minutes: Math.round(jump / MINUTE) },
        },
      ]);
  });
}
