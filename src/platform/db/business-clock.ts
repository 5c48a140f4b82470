import type { Instant } from '#kernel/instant.ts';
import type { ScaledClock } from '../config.ts';
import { type BusinessClock, type Db, timestamp } from './db.ts';
import { sql } from './sql.ts';

export type ClockReading = { readonly clock: BusinessClock; readonly factor: number };

/**
 * The business clock of this database: real time, or the scaled clock that the first start with `DAFUWU_CLOCK` wrote
 * down. A later start goes on with that one, so that business time never jumps back.
 */
export async function businessClock(db: Db, setting: ScaledClock | null): Promise<ClockReading> {
  if (setting !== null)
    await db.run(sql`
      insert into business_clock (anchor, base, factor) values (now(), ${timestamp(setting.base)}, ${setting.factor})
      on conflict do nothing`);
  const row = await db.maybe<{ anchor: Instant; base: Instant; factor: number }>(sql`
    select c.anchor, c.base, c.factor from business_clock c`);
  if (row === undefined) return { clock: (real) => real, factor: 1 };
  const { anchor, base, factor } = row;
  return { clock: (real) => Math.round(base + (real - anchor) * factor), factor };
}
