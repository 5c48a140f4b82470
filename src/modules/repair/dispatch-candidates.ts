import type { CaseActor } from '#modules/case/index.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Refusal } from '#kernel/result.ts';
import type { Db } from '#platform/db/db.ts';
import type { CrewOnDuty } from './crew-api.ts';
import {
  arrivalOf,
  type Board,
  type DispatchDeps,
  learnWays,
  loadBoard,
  type OrderFound,
} from './dispatch-board.ts';
import type { Candidate } from './dispatch-api.ts';
import { whyNotThere } from './dispatch-reads.ts';

/** Every crew that stands ready, for one order: who could go, and why the others cannot. Refusals: those of `whyNotThere`. */
export async function candidatesOf(
  db: Db,
  deps: Pick<DispatchDeps, 'activeHandbook' | 'version' | 'roads'>,
  reader: CaseActor,
  { orderId, now }: { readonly orderId: string; readonly now: Instant },
): Promise<readonly Candidate[] | Refusal> {
  const board = await loadBoard(db, deps, reader, { now, orderIds: [orderId] });
  const found = board?.orders[0];
  if (board === undefined || found === undefined) return await whyNotThere(db, reader, orderId, now);
  await learnWays(board);
  return board.crews
    .map(
      (crew): Candidate => ({
        crewId: crew.id,
        name: crew.name,
        lead: crew.lead.name,
        point: { id: crew.point.id, name: crew.point.name },
        ownGrid: crew.point.id === found.point.id,
        onCall: crew.shift.kind === 'on-call',
        arrivesAt: arrivalOf(board, crew, found.at),
        lacks: lackOf(board, crew, found),
      }),
    )
    .toSorted((a, b) => Number(a.lacks !== null) - Number(b.lacks !== null) || a.arrivesAt - b.arrivesAt);
}

function lackOf({ stock }: Board, crew: CrewOnDuty, { needs, order }: OrderFound): Candidate['lacks'] {
  if (crew.job !== null) return 'free';
  if (!needs.skills.every((skill) => crew.skills.includes(skill))) return 'skills';
  if (needs.card !== null && !crew.cards.includes(needs.card)) return 'training';
  if (order.givenBack?.crewId === crew.id) return 'gave-back';
  const own = stock.get(crew.point.id) ?? {};
  return Object.entries(needs.materials).every(([good, amount]) => (own[good] ?? 0) >= amount)
    ? null
    : 'materials';
}
