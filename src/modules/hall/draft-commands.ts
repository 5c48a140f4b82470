import { type Refusal, refuse } from '#kernel/result.ts';
import type { CaseActor } from '#modules/case/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { draftStore } from './draft-store.ts';
import type { SaveDraft } from './hall-api.ts';

/** More tabs than this nobody finds his way in; a counter has some ten people at once at most. */
const MOST = 20;

/**
 * Saves a draft of this person under an id that the page made, so that saving again never doubles it. Refusals:
 * `hall.draft.stale` (saved from another desk since it was read), `hall.too-many-drafts`, `http.not-found`.
 */
export async function saveDraft(
  tx: Tx,
  actor: CaseActor,
  request: SaveDraft & { readonly id: string },
): Promise<{ readonly seq: number } | Refusal> {
  const store = draftStore(tx, actor);
  const found = await store.find(request.id);
  if (found === undefined) {
    if (request.seq !== 0) return refuse('http.not-found');
    if ((await store.count()) >= MOST) return refuse('hall.too-many-drafts', { most: MOST });
    await store.insert({ id: request.id, unitId: actor.unitId, content: request.content });
    return { seq: 1 };
  }
  if (found.personId !== actor.personId) return refuse('http.not-found');
  if (found.seq !== request.seq) return refuse('hall.draft.stale', { seq: found.seq });
  await store.update(request.id, request.content);
  return { seq: found.seq + 1 };
}

/** Throws a draft of this person away; one that is gone already is no error. */
export async function discardDraft(
  tx: Tx,
  actor: CaseActor,
  id: string,
): Promise<{ readonly gone: true } | Refusal> {
  const store = draftStore(tx, actor);
  const found = await store.find(id);
  if (found !== undefined && found.personId !== actor.personId) return refuse('http.not-found');
  await store.remove(id);
  return { gone: true };
}
