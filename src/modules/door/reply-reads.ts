import type { Instant } from '#kernel/instant.ts';
import type { CaseDeps } from '#modules/case/index.ts';
import type { DoorDefinition } from '#modules/process/domain/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { shownAs, writeTime } from './domain/index.ts';
import type { DoorId } from './door-api.ts';

/** So many replies in one answer; whoever fetches them confirms and asks again. */
const MOST = 200;

export type ReadyReply = {
  readonly number: string;
  readonly caseNo: string;
  readonly round: number;
  readonly madeAt: string;
  /** By their labels, in the order of their form. */
  readonly fields: Readonly<Record<string, string>>;
};

type Row = {
  readonly number: string;
  readonly case_no: string;
  readonly round: number;
  readonly made_at: Instant;
  readonly fields: Readonly<Record<string, string>>;
};

/** Replies of a door that nobody has fetched yet, the oldest first. */
export async function listReady(
  db: Db,
  deps: Pick<CaseDeps, 'activeHandbook'>,
  key: { readonly companyId: string; readonly door: DoorId },
): Promise<{ readonly replies: readonly ReadyReply[] }> {
  const version = await deps.activeHandbook(db, key.companyId);
  const door = version?.handbook.doors.doors.find((one) => one.id === key.door);
  const rows = await db.rows<Row>(sql`
      select o.number, c.no as case_no, r.round, r.made_at, r.fields
      from outside_replies r
      join outside_orders o on o.company_id = r.company_id and o.id = r.outside_order_id
      join cases c on c.company_id = o.company_id and c.id = o.case_id
      where r.company_id = ${key.companyId} and o.door = ${key.door} and r.handed_at is null and r.fields is not null
      order by r.made_at, r.id limit ${MOST}`);
  return {
    replies: rows.map(({ number, case_no, round, made_at, fields }) => ({
      number,
      caseNo: case_no,
      round,
      madeAt: writeTime(made_at),
      fields: labelled(door, fields),
    })),
  };
}

export function labelled(
  door: DoorDefinition | undefined,
  fields: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (door?.reply ?? []).map((field) => [field.name.zh, shownAs(field.form, fields[field.id] ?? '')]),
  );
}

/** What our own reply steps said last, by the fields of the reply (`reply.cause` → cause). */
export async function ownReply(
  db: Db,
  companyId: string,
  caseId: string,
): Promise<Readonly<Record<string, string>>> {
  const rows = await db.rows<{ field: string; body: string }>(sql`
    select distinct on (x.field) x.field, x.body from case_texts x
    where x.company_id = ${companyId} and x.kind = 'value' and starts_with(x.field, 'reply.') and x.body is not null
      and x.case_id in (
        select other.case_id from case_orders mine
        join case_orders other on other.company_id = mine.company_id and other.order_id = mine.order_id
          and other.unlinked_at is null
        where mine.company_id = ${companyId} and mine.case_id = ${caseId} and mine.unlinked_at is null)
    order by x.field, x.at desc, x.id desc`);
  return Object.fromEntries(rows.map(({ field, body }) => [field.slice('reply.'.length), body]));
}

/** Their fields, filled from our own reply; times as they write them. */
export function proposeReply(
  door: DoorDefinition,
  own: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    door.reply.map((field) => {
      const said = own[field.as] ?? '';
      if (said === '') return [field.id, ''];
      if (field.form === 'instant') return [field.id, /^\d+$/.test(said) ? writeTime(Number(said)) : said];
      if (field.form === 'yes-no') return [field.id, said === 'true' ? 'yes' : 'no'];
      return [field.id, said];
    }),
  );
}
