import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type CaseDeps, keepNote, recordOnCase, reopenCase } from '#modules/case/index.ts';
import { checkReply, type DoorDefinition, type ReplyDraft } from '#modules/process/domain/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { doorActor } from './door-actor.ts';
import type { DoorId } from './door-api.ts';
import { readTime } from './domain/index.ts';
import type { OrderKey } from './key-store.ts';
import { outsideStore } from './outside-store.ts';
import { doorOf } from './receive-order.ts';

type Who = { readonly companyId: string; readonly personId: string };

/** A reply that may be written, as the gate let it through. */
export type CheckedReply = {
  readonly outsideOrderId: string;
  readonly caseId: string;
  readonly door: DoorId;
  readonly round: number;
  readonly fields: Readonly<Record<string, string>>;
};

/**
 * Puts the reply of an order together in their fields. It goes through the same quality gate as our own replies
 * (domain-rules §3.6). A reply that waits is replaced, one that they have is not. Refusals: those of `checkReplyOf`.
 */
export async function composeReply(
  tx: Tx,
  deps: CaseDeps,
  who: Who,
  request: { readonly id: string; readonly fields: Readonly<Record<string, string>> },
): Promise<{ readonly round: number } | Refusal> {
  const checked = await checkReplyOf(tx, deps, who, request);
  return isRefusal(checked) ? checked : await writeReply(tx, who, checked);
}

/**
 * Checks a reply and writes nothing. Refusals: `http.not-found`, `door.not-accepted`, `door.reply-handed`,
 * `door.reply-gate` (which fields, what contradicts), those of `doorOf`.
 */
export async function checkReplyOf(
  tx: Tx,
  deps: CaseDeps,
  who: Who,
  request: { readonly id: string; readonly fields: Readonly<Record<string, string>> },
): Promise<CheckedReply | Refusal> {
  const row = await outsideStore(tx, who.companyId).lock(request.id);
  if (row === undefined) return refuse('http.not-found');
  if (row.caseId === null) return refuse('door.not-accepted');
  const found = await doorOf(tx, deps, who.companyId, row.door);
  if (isRefusal(found)) return found;
  const fault = faultOf(found.door, request.fields, { now: tx.now, acceptedAt: row.startedAt });
  if (fault !== undefined) return fault;
  const fields = Object.fromEntries(found.door.reply.map(({ id }) => [id, request.fields[id]?.trim() ?? '']));
  const last = await tx.maybe<{ id: string; round: number; handed: boolean; returned: boolean }>(sql`
    select r.id, r.round, r.handed_at is not null as handed, r.returned_at is not null as returned
    from outside_replies r where r.company_id = ${who.companyId} and r.outside_order_id = ${row.id}
    order by r.round desc limit 1 for update`);
  if (last?.handed === true && !last.returned) return refuse('door.reply-handed');
  const round = last === undefined ? 1 : last.handed ? last.round + 1 : last.round;
  return { outsideOrderId: row.id, caseId: row.caseId, door: row.door, round, fields };
}

export async function writeReply(
  tx: Tx,
  who: Who,
  { outsideOrderId, caseId, door, round, fields }: CheckedReply,
): Promise<{ readonly round: number }> {
  await tx.run(sql`
    insert into outside_replies (company_id, id, outside_order_id, round, fields, made_by, made_at)
    values (${who.companyId}, ${newId()}, ${outsideOrderId}, ${round}, ${JSON.stringify(fields)}, ${who.personId},
      ${timestamp(tx.now)})
    on conflict (company_id, outside_order_id, round) do update
      set fields = excluded.fields, made_by = excluded.made_by, made_at = excluded.made_at`);
  await recordOnCase(tx, who, caseId, { type: 'outside.replied', data: { door, round } });
  return { round };
}

/** Required fields that are empty or say nothing, and what does not fit together. */
function faultOf(
  door: DoorDefinition,
  fields: Readonly<Record<string, string>>,
  facts: { readonly now: number; readonly acceptedAt: number },
): Refusal | undefined {
  const draft = Object.fromEntries(
    door.reply.flatMap(({ id, as, form }): (readonly [string, unknown])[] => {
      const text = fields[id]?.trim() ?? '';
      if (text === '') return [];
      if (form === 'yes-no') return [[as, text === 'yes']];
      return form === 'instant' ? [[as, readTime(text) ?? Number.NaN]] : [[as, text]];
    }),
  ) as ReplyDraft;
  const { missing, contradictions } = checkReply('general', draft, facts);
  const badTimes = door.reply.filter(
    ({ id, form }) =>
      form === 'instant' &&
      !['', undefined].includes(fields[id]?.trim()) &&
      readTime(fields[id] ?? '') === undefined,
  );
  const faults = [
    ...door.reply
      .filter(({ as, required }) => missing.includes(as) && (required || ON_CONDITION.includes(as)))
      .map(({ id }) => id),
    ...badTimes.map(({ id }) => id),
    ...contradictions,
  ];
  return faults.length === 0
    ? undefined
    : refuse('door.reply-gate', { faults: [...new Set(faults)].join(' ') });
}

/** The gate asks for these only where another answer makes them necessary. */
const ON_CONDITION: readonly string[] = ['contactedAt', 'notContactedReason'];

/** Marks replies as handed back. What was handed already stays as it is. */
export async function handOver(
  tx: Tx,
  who: { readonly companyId: string },
  request: {
    readonly door: DoorId;
    readonly numbers: readonly string[];
    readonly way: 'http' | 'csv' | 'copy';
    readonly by: string | null;
  },
): Promise<{ readonly handed: number }> {
  const rows = await tx.rows<{ caseId: string; round: number }>(sql`
    update outside_replies set handed_at = ${timestamp(tx.now)}, handed_way = ${request.way}, handed_by = ${request.by}
    from outside_orders o
    where o.company_id = ${who.companyId} and o.door = ${request.door} and o.number = any(${request.numbers}::text[])
      and outside_replies.company_id = o.company_id and outside_replies.outside_order_id = o.id
      and outside_replies.handed_at is null
    returning o.case_id as "caseId", outside_replies.round`);
  for (const { caseId, round } of rows)
    await recordOnCase(tx, { companyId: who.companyId, personId: request.by }, caseId, {
      type: 'outside.handed-back',
      data: { door: request.door, round, way: request.way },
    });
  return { handed: rows.length };
}

/**
 * They send a reply back (退回): the case opens again as rework, with their reason. Told twice, it happens once. Refusals:
 * `http.not-found`, `door.nothing-handed`, and those of `reopenCase`.
 */
export async function returnReply(
  tx: Tx,
  deps: CaseDeps,
  key: Pick<OrderKey, 'companyId' | 'door'>,
  request: { readonly number: string; readonly reason: string },
): Promise<{ readonly returned: true; readonly round: number } | Refusal> {
  const row = await outsideStore(tx, key.companyId).lockNumber(key.door, request.number);
  if (row?.caseId === undefined || row.caseId === null) return refuse('http.not-found');
  const last = await tx.maybe<{ id: string; round: number; handed: boolean; returned: boolean }>(sql`
    select r.id, r.round, r.handed_at is not null as handed, r.returned_at is not null as returned
    from outside_replies r where r.company_id = ${key.companyId} and r.outside_order_id = ${row.id}
    order by r.round desc limit 1`);
  if (last === undefined || !last.handed) return refuse('door.nothing-handed');
  if (last.returned) return { returned: true, round: last.round };
  await tx.run(sql`
    update outside_replies set returned_at = ${timestamp(tx.now)}, return_reason = ${request.reason}
    where outside_replies.company_id = ${key.companyId} and outside_replies.id = ${last.id}`);
  const found = await doorOf(tx, deps, key.companyId, key.door);
  if (isRefusal(found)) return found;
  const actor = await doorActor(tx, key.companyId, { id: key.door, name: found.door.name.zh });
  const textId = await keepNote(tx, actor, row.caseId, { field: 'outside-return', body: request.reason });
  const data = { door: key.door, round: last.round, textIds: [textId] };
  await recordOnCase(tx, actor, row.caseId, { type: 'outside.returned', data });
  // Where the work is not yet as far as they send it back to, there is nothing to begin anew.
  await tx.run(sql`savepoint reopening`);
  const reopened = await reopenCase(tx, deps, actor, { caseId: row.caseId, by: 'door', textIds: [textId] });
  if (isRefusal(reopened) && reopened.refused !== 'process.not-done-yet') return reopened;
  if (isRefusal(reopened)) await tx.run(sql`rollback to savepoint reopening`);
  return { returned: true, round: last.round };
}
