import { isRefusal, type Refusal } from '#kernel/result.ts';
import type { Tx } from '#platform/db/db.ts';
import type { CaseActor } from './case-commands.ts';
import { recordOnCase } from './case-events.ts';
import { caseStore } from './case-store.ts';
import { urgeCase } from './work-commands.ts';

/**
 * The same demand once more (domain-rules §3.5): no second case is made, his words go to the case that is open already and
 * count as an urging, which tells whoever holds the work and resets no clock. Refusals: those of `urgeCase`.
 */
export async function joinDemand(
  tx: Tx,
  actor: CaseActor,
  demand: { readonly caseId: string; readonly words: string; readonly channel: string },
): Promise<{ readonly caseId: string; readonly no: string; readonly times: number } | Refusal> {
  const { caseId, words, channel } = demand;
  const urged = await urgeCase(tx, actor, { caseId, words });
  if (isRefusal(urged)) return urged;
  await recordOnCase(tx, actor, caseId, { type: 'demand.repeated', data: { channel } });
  return await caseStore(tx, actor.companyId).countRepeats(caseId);
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
