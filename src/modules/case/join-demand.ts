import { type Refusal, refuse } from '#kernel/result.ts';
import type { Tx } from '#platform/db/db.ts';
import type { CaseActor } from './case-commands.ts';
import { recordOnCase } from './case-events.ts';
import { findCase } from './case-reads.ts';
import { caseStore } from './case-store.ts';

/** Marks the words of a customer who asked again, among the notes of a case. */
const REPEAT = 'repeat';

/**
 * The same demand once more (domain-rules §3.5): his words go to the case that is open already, no second case is made.
 * It does not reset any clock. Refusals: `http.not-found`, `case.closed`.
 */
export async function joinDemand(
  tx: Tx,
  actor: CaseActor,
  demand: { readonly caseId: string; readonly words: string; readonly channel: string },
): Promise<{ readonly caseId: string; readonly no: string; readonly times: number } | Refusal> {
  const found = await findCase(tx, actor, demand.caseId, tx.now);
  if (found === undefined) return refuse('http.not-found');
  if (found.state === 'closed') return refuse('case.closed');
  const store = caseStore(tx, actor.companyId);
  const note = { kind: 'note' as const, field: REPEAT, body: demand.words };
  const textIds = await store.insertTexts(found.id, [note], actor.personId);
  const data = { channel: demand.channel, textIds };
  await recordOnCase(tx, actor, found.id, { type: 'demand.repeated', data });
  return { caseId: found.id, no: found.no, times: await store.countRepeats(found.id) };
}

/** Keeps words in a row that can be blanked, and answers its id for an event. */
export async function keepNote(
  tx: Tx,
  actor: CaseActor,
  caseId: string,
  note: { readonly field: string; readonly body: string },
): Promise<string> {
  const [id] = await caseStore(tx, actor.companyId).insertTexts(
    caseId,
    [{ kind: 'note', ...note }],
    actor.personId,
  );
  if (id === undefined) throw new Error('one text gives one id');
  return id;
}
