import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { type CaseActor, customerFieldsSeen, lockVisible, recordOnCase } from '#modules/case/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { cleanFile } from '#platform/files/clean-file.ts';
import { cleanFileName } from '#platform/files/file-name.ts';
import { dropContent, findContent, putContent } from '#platform/files/file-store.ts';
import type { FileToSend, Received } from '#platform/http/file-door.ts';
import { newId } from '#platform/ids.ts';
import type { AddedFile, CaseFiles } from './attachment-api.ts';
import { attachmentStore, type FileRow, listFiles } from './attachment-store.ts';

type Library = ReturnType<typeof handbookLibrary>;

/** A case is no archive: more than this is a mistake or an attack. */
const MOST_FILES = 40;
/** Of these a customer sends at most so many himself. */
const MOST_OF_CUSTOMER = 10;

/** A member of the staff adds a file to a case that he may see. Refusals: `http.not-found` and those of `keepFile`. */
export async function addFile(
  tx: Tx,
  actor: CaseActor,
  caseId: string,
  file: Received,
): Promise<AddedFile | Refusal> {
  const found = await lockVisible(tx, actor, caseId);
  if (isRefusal(found)) return found;
  return await keepFile(tx, { companyId: actor.companyId, personId: actor.personId }, found.id, file);
}

/**
 * Keeps a file with a case that is locked; `personId` null: the customer sent it. The same content again is the same
 * file. Refusals: those of `cleanFile`, `file.too-many`.
 */
export async function keepFile(
  tx: Tx,
  from: { readonly companyId: string; readonly personId: string | null },
  caseId: string,
  { name, bytes }: Received,
): Promise<AddedFile | Refusal> {
  const clean = cleanFile(bytes);
  if (isRefusal(clean)) return clean;
  const store = attachmentStore(tx, from.companyId);
  const hash = await putContent(tx, from.companyId, clean.bytes);
  const same = await store.findByHash(caseId, hash);
  if (same !== undefined) return { id: same, already: true };
  const count = await store.count(caseId);
  if (count.all >= MOST_FILES) return refuse('file.too-many', { limit: MOST_FILES });
  if (from.personId === null && count.customer >= MOST_OF_CUSTOMER)
    return refuse('file.too-many', { limit: MOST_OF_CUSTOMER });
  const id = newId();
  const { personId } = from;
  await store.insert({ id, caseId, hash, name: cleanFileName(name, clean.kind), clean, personId });
  const data = { fileId: id, kind: clean.kind, source: personId === null ? 'customer' : 'staff' };
  await recordOnCase(tx, from, caseId, { type: 'file.added', data });
  return { id, already: false };
}

/** The files of a case; names and contents only for whoever sees the customer's files, or put them there himself. */
export async function caseFiles(
  db: Db,
  library: Library,
  reader: CaseActor,
  caseId: string,
  now: number,
): Promise<CaseFiles | Refusal> {
  const seen = await customerFieldsSeen(db, library.version, reader, caseId, now);
  if (seen === undefined) return refuse('http.not-found');
  const rows = await listFiles(db, reader.companyId, caseId);
  const files = rows.map((row) => {
    const { id, kind, bytes, width, height, source, by, at } = row;
    const mayOpen = row.hash !== null && mayOpenFile(row, reader, seen);
    const blanked = row.hash === null;
    const mayBlank = !blanked && row.by_person_id === reader.personId;
    const name = mayOpen ? row.name : null;
    return { id, kind, bytes, width, height, source, by, at, name, mayOpen, mayBlank, blanked };
  });
  return { files, room: Math.max(0, MOST_FILES - rows.length) };
}

/** Opens a file, and leaves a row in the audit. Refusals: `http.not-found`, `file.personal`. */
export async function openFile(
  tx: Tx,
  library: Library,
  reader: CaseActor,
  request: { readonly caseId: string; readonly fileId: string },
): Promise<FileToSend | Refusal> {
  const seen = await customerFieldsSeen(tx, library.version, reader, request.caseId, tx.now);
  if (seen === undefined) return refuse('http.not-found');
  const rows = await listFiles(tx, reader.companyId, request.caseId);
  const row = rows.find((one) => one.id === request.fileId);
  if (row === undefined || row.hash === null) return refuse('http.not-found');
  if (!mayOpenFile(row, reader, seen)) return refuse('file.personal');
  const bytes = await findContent(tx, reader.companyId, row.hash);
  if (bytes === undefined) return refuse('http.not-found');
  await auditWriter(tx, reader.companyId).write({
    actorId: reader.personId,
    action: 'file.read',
    outcome: 'done',
    objectType: 'case',
    objectId: request.caseId,
    detail: { fileId: row.id },
  });
  return { name: row.name ?? row.id, kind: row.kind, bytes };
}

/**
 * Takes a file out that was put there by mistake: name and content are gone for good, that there was one stays. Only who
 * put it there. Refusals: `http.not-found`, `file.not-yours`.
 */
export async function blankFile(
  tx: Tx,
  actor: CaseActor,
  request: { readonly caseId: string; readonly fileId: string },
): Promise<{ readonly id: string } | Refusal> {
  const found = await lockVisible(tx, actor, request.caseId);
  if (isRefusal(found)) return found;
  const rows = await listFiles(tx, actor.companyId, found.id);
  const row = rows.find((one) => one.id === request.fileId);
  if (row === undefined || row.hash === null) return refuse('http.not-found');
  if (row.by_person_id !== actor.personId) return refuse('file.not-yours');
  await attachmentStore(tx, actor.companyId).blank(row.id);
  await dropContent(tx, actor.companyId, row.hash);
  await recordOnCase(tx, actor, found.id, { type: 'file.blanked', data: { fileId: row.id } });
  return { id: row.id };
}

function mayOpenFile(row: FileRow, reader: CaseActor, seen: ReadonlySet<string>): boolean {
  return seen.has('files') || row.by_person_id === reader.personId;
}
