import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { CaseDeps, Reader } from '#modules/case/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { DoorId, ReplyRows, ReplySheet, ReplySheetReport } from './door-api.ts';
import { findOutside, listInbox } from './outside-reads.ts';
import { outsideStore } from './outside-store.ts';
import { checkReplyOf, handOver, writeReply } from './reply-commands.ts';
import { ownReply, proposeReply } from './reply-reads.ts';

/** So many orders on one sheet: what an office answers in a day. */
const MOST = 200;

type Who = Reader & { readonly personId: string };

/** Every order of a door that waits for its reply, with the reply that is written, else what our own record says. */
export async function replySheet(
  db: Db,
  reader: Who,
  version: HandbookVersion,
  doorId: DoorId,
  now: Instant,
): Promise<ReplySheet | Refusal> {
  const door = version.handbook.doors.doors.find((one) => one.id === doorId);
  if (door === undefined) return refuse('door.unknown-door', { door: doorId });
  const waiting = await listInbox(db, reader, { door: doorId, part: 'to-reply', before: null }, now, MOST);
  const rows = [];
  for (const { id, number, caseId, caseNo, reply } of waiting) {
    const written = reply === 'ready' ? await findReady(db, reader.companyId, id) : undefined;
    const fields = written ?? proposeReply(door, await ownReply(db, reader.companyId, caseId ?? ''));
    rows.push({ number, caseNo, ready: written !== undefined, fields });
  }
  const columns = door.reply.map(({ id, name, form, required }) => ({ id, name, form, required }));
  return { door: doorId, columns, rows, more: waiting.length === MOST };
}

async function findReady(
  db: Db,
  companyId: string,
  id: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const row = await db.maybe<{ fields: Readonly<Record<string, string>> | null }>(sql`
    select r.fields from outside_replies r
    where r.company_id = ${companyId} and r.outside_order_id = ${id} and r.handed_at is null
    order by r.round desc limit 1`);
  return row?.fields ?? undefined;
}

/**
 * A sheet that was filled in comes back: every row is checked by the same gate as a single reply. With a fault in any row, or
 * asked `dry`, nothing is written, and the report says what is wrong by row. Refusals: `case.no-handbook`, `door.unknown-door`.
 */
export async function importReplies(
  tx: Tx,
  deps: CaseDeps,
  who: Who,
  { door, dry, rows }: ReplyRows,
): Promise<ReplySheetReport | Refusal> {
  const checked = [];
  const seen = new Set<string>();
  for (const { line, number, fields } of rows) {
    const twice = seen.has(number.trim());
    seen.add(number.trim());
    const id = await idOf(tx, who, door, number);
    const ready =
      id === undefined ? refuse('door.number-unknown') : await checkReplyOf(tx, deps, who, { id, fields });
    const faults = [...(twice ? ['door.number-twice'] : []), ...(isRefusal(ready) ? faultsOf(ready) : [])];
    checked.push({ line, number, faults, ready });
  }
  const report = checked.map(({ line, number, faults }) => ({ line, number, faults }));
  if (dry || checked.some((row) => row.faults.length > 0)) return { written: 0, rows: report };
  let written = 0;
  for (const { ready } of checked) {
    if (isRefusal(ready)) continue;
    await writeReply(tx, who, ready);
    written += 1;
  }
  return { written, rows: report };
}

/** Which fields, and what contradicts, where it is the gate; else the reason. */
function faultsOf({ refused, detail }: Refusal): readonly string[] {
  return refused === 'door.reply-gate' ? String(detail?.['faults'] ?? '').split(' ') : [refused];
}

/** Replies that are written are handed back together as one file. Numbers that this person may not see are left alone. */
export async function handSheet(
  tx: Tx,
  who: Who,
  request: { readonly door: DoorId; readonly numbers: readonly string[] },
): Promise<{ readonly handed: number }> {
  const mine: string[] = [];
  for (const number of request.numbers)
    if ((await idOf(tx, who, request.door, number)) !== undefined) mine.push(number);
  return await handOver(tx, who, { door: request.door, numbers: mine, way: 'csv', by: who.personId });
}

/** The order of this number, where this person may see it. */
async function idOf(tx: Tx, who: Who, door: DoorId, number: string): Promise<string | undefined> {
  const row = await outsideStore(tx, who.companyId).lockNumber(door, number.trim());
  if (row === undefined) return undefined;
  return (await findOutside(tx, { ...who, atDoors: true }, row.id, tx.now)) === undefined
    ? undefined
    : row.id;
}
