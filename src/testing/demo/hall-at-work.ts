import { type Instant, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import type { CaseActor } from '#modules/case/index.ts';
import { callNext, type HallDeps, issueTicket, moveTicket } from '#modules/hall/index.ts';
import type { Database } from '#platform/db/db.ts';
import { transact } from '#platform/db/transact.ts';
import { actorOf, type Cast, must } from './carry-order.ts';
import type { Random } from './seeded.ts';

/** Windows at work, each with a colleague who cannot sign in: who can tries his own. */
const WINDOWS = [2, 3, 5];
const KINDS = ['business', 'pay', 'business', 'pay', 'business', 'care'] as const;

/** The city hall at work, by the hall's own commands: numbers are drawn, windows call and serve. */
export function hallAtWork(cast: Cast, database: Database) {
  const { company } = cast;
  const deps: HallDeps = {
    handbook: { active: cast.deps.activeHandbook, version: cast.deps.version },
    clockBasis: cast.deps.clockBasis,
  };
  const lead = company.logins.find((one) => one.login === 'hall-lead')?.person;
  if (lead === undefined) throw new Error('the demonstration has no hall');
  const mayCome = company.logins.map((one) => one.person.id);
  const colleagues = company.staff.filter(
    (one) => one.post === 'clerk' && one.unit.id === lead.unit.id && !mayCome.includes(one.id),
  );
  const windows = WINDOWS.map((no, i) => {
    const person = colleagues[i];
    if (person === undefined) throw new Error('the hall has too few clerks');
    return deskAt(database, actorOf(company, person), no);
  });
  const place = { companyId: company.id, hallId: lead.unit.id };

  return {
    async draw(random: Random): Promise<void> {
      await must(database, (tx) => issueTicket(tx, deps, place, { class: random.pick(KINDS) }));
    },

    async workAtWindows(now: Instant, random: Random): Promise<void> {
      for (const desk of windows) await desk(now, random);
    },
  };
}

/** A window at work: calls, begins a minute later, ends after some minutes; now and then nobody comes. */
function deskAt(database: Database, clerk: CaseActor, window: number) {
  let phase: 'free' | 'called' | 'serving' = 'free';
  let until = 0;

  /** What he had in hand may be of yesterday, or was ended by whoever sits there now. */
  async function move(step: 'serve' | 'served' | 'no-show'): Promise<void> {
    const moved = await transact(database, (tx) => moveTicket(tx, clerk, step));
    if (isRefusal(moved) && !/^hall\.(no-ticket-in-hand|ticket-not-called)$/.test(moved.refused))
      throw new Error(`a window was refused: ${moved.refused}`);
  }

  return async (now: Instant, random: Random): Promise<void> => {
    if (phase !== 'free' && now < until) return;
    if (phase === 'called' && random.chance(0.9)) {
      await move('serve');
      phase = 'serving';
      until = now + (4 + random.int(9)) * MINUTE;
      return;
    }
    if (phase !== 'free') {
      await move(phase === 'called' ? 'no-show' : 'served');
    }
    const called = await transact(database, (tx) => callNext(tx, clerk, { window }));
    // The program was stopped while somebody was before this window.
    if (isRefusal(called) && called.refused === 'hall.ticket-in-hand') await move('served');
    phase = isRefusal(called) ? 'free' : 'called';
    until = now + MINUTE;
  };
}
