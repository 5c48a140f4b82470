import { type Refusal, refuse } from '#kernel/result.ts';
import type { CaseActor } from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { passTasks } from '#modules/order/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { draftStore } from './draft-store.ts';
import type { HallDeps } from './hall-reads.ts';
import type { AcceptShift, Offer } from './shift-api.ts';
import { shiftNow } from './shift-reads.ts';
import { listColleagues, shiftStore } from './shift-store.ts';

/**
 * The giver signs: what is open, promised, hidden in drafts and owed is kept as it was at this moment. Refusals:
 * `shift.offered-already`, `shift.not-a-colleague`.
 */
export async function offerShift(
  tx: Tx,
  deps: HallDeps,
  actor: CaseActor,
  offer: Offer,
): Promise<{ readonly id: string } | Refusal> {
  const store = shiftStore(tx, actor.companyId);
  if (await store.hasOffered(actor.personId)) return refuse('shift.offered-already');
  const colleagues = await listColleagues(tx, actor, actor.personId);
  const { toPersonId } = offer;
  if (toPersonId !== null && !colleagues.some((one) => one.id === toPersonId))
    return refuse('shift.not-a-colleague');
  const { place, content } = await shiftNow(tx, deps, actor, tx.now);
  const id = newId();
  await store.insert({
    id,
    unitId: actor.unitId,
    place,
    fromPersonId: actor.personId,
    toPersonId,
    content,
    note: offer.note.trim() === '' ? null : offer.note.trim(),
  });
  if (toPersonId !== null)
    await enqueue(tx, actor.companyId, [
      {
        key: `shift-offered:${id}`,
        channel: 'desk',
        template: 'shift-offered',
        to: { personId: toPersonId },
        data: { fromPersonId: actor.personId, open: content.open.length, promised: content.promised.length },
      },
    ]);
  return { id };
}

/**
 * The taker signs, and takes the parked drafts and the held tasks as he chooses. Refusals: `http.not-found` (another
 * unit's, or addressed to another), `shift.own-offer`, `shift.not-offered`.
 */
export async function acceptShift(
  tx: Tx,
  actor: CaseActor,
  request: AcceptShift & { readonly id: string },
): Promise<{ readonly drafts: number; readonly tasks: number } | Refusal> {
  const store = shiftStore(tx, actor.companyId);
  const found = await store.find(request.id);
  if (found === undefined || found.unitId !== actor.unitId) return refuse('http.not-found');
  if (found.fromPersonId === actor.personId) return refuse('shift.own-offer');
  if (found.toPersonId !== null && found.toPersonId !== actor.personId) return refuse('http.not-found');
  if (found.state !== 'offered') return refuse('shift.not-offered');
  await store.accept(request.id, actor.personId);
  const drafts = request.takeDrafts ? await draftStore(tx, actor).takeOver(found.fromPersonId) : 0;
  const tasks = request.takeTasks ? await passTasks(tx, actor, found.fromPersonId) : 0;
  return { drafts, tasks };
}

/** The giver takes the offer back before anybody signed. Refusals: `http.not-found`, `shift.not-offered`. */
export async function withdrawShift(
  tx: Tx,
  actor: CaseActor,
  id: string,
): Promise<{ readonly withdrawn: true } | Refusal> {
  const store = shiftStore(tx, actor.companyId);
  const found = await store.find(id);
  if (found === undefined || found.fromPersonId !== actor.personId) return refuse('http.not-found');
  if (found.state !== 'offered') return refuse('shift.not-offered');
  await store.withdraw(id);
  return { withdrawn: true };
}
