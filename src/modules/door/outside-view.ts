import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import type { Reader } from '#modules/case/index.ts';
import type { DoorDefinition } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import type { DoorFigures, DoorInfo, OutsideDetail, OutsideOfCase, OutsidePage } from './door-api.ts';
import { areaSaid, chooseProcess, OUTSIDE_FIELDS } from './domain/index.ts';
import { findPlace } from './find-household.ts';
import { hideContact } from './hide-contact.ts';
import {
  countByDoor,
  type DoorReader,
  findOfCase,
  findOutside,
  type InboxFilter,
  listInbox,
  listObjections,
  listReplies,
  listUpdates,
} from './outside-reads.ts';
import { labelled, ownReply, proposeReply } from './reply-reads.ts';

const PAGE = 50;

export async function inbox(db: Db, reader: Reader, filter: InboxFilter, now: Instant): Promise<OutsidePage> {
  const rows = await listInbox(db, reader, filter, now, PAGE + 1);
  const items = rows.slice(0, PAGE);
  return { items, next: rows.length > PAGE ? (items.at(-1)?.id ?? null) : null };
}

/** An order with everything that came, went back and was objected to it. Refuses with `http.not-found`. */
export async function outsideDetail(
  db: Db,
  reader: DoorReader,
  version: HandbookVersion,
  id: string,
  now: Instant,
): Promise<OutsideDetail | Refusal> {
  const row = await findOutside(db, reader, id, now);
  if (row === undefined) return refuse('http.not-found');
  const { doors, areas } = version.handbook.doors;
  const door = doors.find((one) => one.id === row.door);
  const content = row.content ?? {};
  const chosen = door === undefined ? undefined : chooseProcess(door, content['kind']);
  const place = row.state === 'to-complete' ? await findPlace(db, reader.companyId, content) : undefined;
  const own = row.caseId === null ? {} : await ownReply(db, reader.companyId, row.caseId);
  // Completing an order is the reason to see whose it is (design rule 2); the route puts it on record.
  const shown = (field: string, text: string) =>
    row.state === 'to-complete' ? text : hideContact(field, text);
  return {
    ...row,
    content: Object.fromEntries(Object.entries(content).map(([field, text]) => [field, shown(field, text)])),
    proposal: {
      process: chosen?.process ?? null,
      caseType: chosen?.caseType ?? null,
      householdId: place?.householdId ?? null,
      area: areaSaid(areas, content['area']) ?? place?.area ?? null,
    },
    changes: changesOf(content, await listUpdates(db, reader.companyId, id), shown),
    replyFields: replyFieldsOf(door, own),
    replies: (await listReplies(db, reader.companyId, id)).map(({ fields, ...reply }) => ({
      ...reply,
      fields: namedFields(door, fields ?? {}),
    })),
    objections: await listObjections(db, reader.companyId, id),
  };
}

/** Whose order a case is; null where it is nobody's. Refuses with `http.not-found`. */
export async function outsideOfCase(
  db: Db,
  reader: Reader,
  version: HandbookVersion,
  caseId: string,
  now: Instant,
): Promise<{ readonly order: OutsideOfCase | null } | Refusal> {
  const row = await findOfCase(db, reader, caseId, now);
  if (row === undefined) return refuse('http.not-found');
  if (row === null) return { order: null };
  const door = version.handbook.doors.doors.find((one) => one.id === row.door);
  return { order: { ...row, name: door?.name ?? { zh: row.door, en: row.door } } };
}

export function doorInfos(version: HandbookVersion): readonly DoorInfo[] {
  return version.handbook.doors.doors.map(({ id, name, oldestDays, labels, types, otherwise }) => ({
    id,
    name,
    oldestDays,
    labels,
    kinds: otherwise === undefined ? types.flatMap((type) => type.says) : null,
  }));
}

/** A line a door, also for one by which nothing came. */
export async function doorFigures(
  db: Db,
  reader: Reader,
  version: HandbookVersion,
  now: Instant,
): Promise<readonly DoorFigures[]> {
  const counted = await countByDoor(db, reader, now);
  const none = { received: 0, toComplete: 0, open: 0, late: 0, toReply: 0, objections: 0, usedBefore: null };
  return version.handbook.doors.doors.map(({ id, name }) => ({
    ...(counted.find((row) => row.door === id) ?? { ...none, door: id }),
    name,
  }));
}

function changesOf(
  first: Readonly<Record<string, string>>,
  updates: Awaited<ReturnType<typeof listUpdates>>,
  shown: (field: string, text: string) => string,
): OutsideDetail['changes'] {
  let before = first;
  return updates.map(({ id, at, seen, content }) => {
    const is = content ?? {};
    const was = before;
    before = is;
    const fields = OUTSIDE_FIELDS.filter((field) => (was[field] ?? '') !== (is[field] ?? '')).map(
      (field) => ({
        field,
        was: shown(field, was[field] ?? ''),
        is: shown(field, is[field] ?? ''),
      }),
    );
    return { id, at, seen, fields };
  });
}

function replyFieldsOf(
  door: DoorDefinition | undefined,
  own: Readonly<Record<string, string>>,
): OutsideDetail['replyFields'] {
  if (door === undefined) return [];
  const proposed = proposeReply(door, own);
  return door.reply.map(({ id, name, form, required }) => ({
    id,
    name,
    form,
    required,
    value: proposed[id] ?? '',
  }));
}

function namedFields(door: DoorDefinition | undefined, fields: Readonly<Record<string, string>>) {
  const texts = labelled(door, fields);
  return (door?.reply ?? []).map(({ name }) => ({ name, text: texts[name.zh] ?? '' }));
}
