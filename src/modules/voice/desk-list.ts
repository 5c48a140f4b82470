import type { Instant } from '#kernel/instant.ts';
import { nameOf, type Reader, visibleCase } from '#modules/case/index.ts';
import { stepOf } from '#modules/process/domain/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { deskClocks } from './desk-clocks.ts';
import type { ComplaintClass, DeskPage, Grade, VerdictKind } from './voice-api.ts';

const PAGE = 50;
/** A list counts so far and then says so (design rule 9). */
const MOST = 10_000;

export type DeskFilter = {
  readonly type: 'TS' | 'YJ';
  readonly state: 'open' | 'closed';
  /** Lines before this page. */
  readonly offset: number;
};

type Row = {
  readonly id: string;
  readonly no: string;
  readonly case_type: string;
  readonly process: string | null;
  readonly version_id: string;
  readonly state: 'open' | 'closed';
  readonly accepted_at: Instant;
  readonly supervision: number;
  readonly accused_unit: string | null;
  readonly grade: Grade | null;
  readonly complaint_class: ComplaintClass | null;
  readonly steps: string[] | null;
  readonly duties_open: number;
  readonly verdict: VerdictKind | null;
  readonly appealed: boolean;
  readonly reclassification: 'asked' | 'approved' | 'refused' | null;
};

/** Complaints (or opinions) that the reader may see, whose answer is due first on top. */
export async function deskList(
  db: Db,
  library: ReturnType<typeof handbookLibrary>,
  reader: Reader,
  filter: DeskFilter,
  now: Instant,
): Promise<DeskPage> {
  const rows = await listRows(db, reader, filter, now);
  const shown = rows.slice(0, PAGE);
  const versions = await Promise.all(
    shown.map(async (row) => await library.version(db, reader.companyId, row.version_id)),
  );
  const cases = shown.flatMap(({ id, process }, i) => {
    const version = versions[i];
    return version === undefined ? [] : [{ id, process, version }];
  });
  const clocks = await deskClocks(db, reader.companyId, cases);
  const total = await count(db, reader, filter, now);
  return {
    rows: shown.map((row, i) => {
      const version = versions[i];
      const definition = version?.process(row.process ?? '');
      const names = (row.steps ?? []).flatMap((id) =>
        definition === undefined ? [] : (stepOf(definition, id)?.name ?? []),
      );
      return {
        id: row.id,
        no: row.no,
        caseType: nameOf(version?.handbook.caseTypes ?? [], row.case_type),
        state: row.state,
        acceptedAt: row.accepted_at,
        grade: row.grade,
        complaintClass: row.complaint_class,
        accusedUnit: row.accused_unit,
        steps: names,
        supervision: row.supervision,
        dutiesOpen: row.duties_open,
        verdict: row.verdict,
        appealed: row.appealed,
        reclassification: row.reclassification,
        clocks: clocks.get(row.id) ?? [],
      };
    }),
    next: rows.length > PAGE ? String(filter.offset + PAGE) : null,
    total: Math.min(total, MOST),
    capped: total > MOST,
  };
}

async function listRows(db: Db, reader: Reader, filter: DeskFilter, now: Instant): Promise<Row[]> {
  return await db.rows<Row>(sql`
    select c.id, c.no, c.case_type, c.process, c.handbook_version_id as version_id, c.state, c.accepted_at, c.supervision,
      u.name as accused_unit, g.grade, g.complaint_class,
      array(select distinct t.step from case_orders l join tasks t on t.company_id = l.company_id
        and t.order_id = l.order_id and t.state = 'open' and (t.case_id is null or t.case_id = c.id)
        where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null) as steps,
      (select count(*) from complaint_duties d where d.company_id = c.company_id and d.case_id = c.id
        and d.done_at is null) as duties_open,
      v.verdict, exists (select 1 from verdict_appeals a where a.company_id = c.company_id and a.verdict_id = v.id
        and a.result is null) as appealed,
      (select r.state from reclassifications r where r.company_id = c.company_id and r.case_id = c.id
        order by r.asked_at desc limit 1) as reclassification
    from cases c
    left join units u on u.company_id = c.company_id and u.id = c.accused_unit_id
    left join lateral (select g.grade, g.complaint_class from complaint_grades g
      where g.company_id = c.company_id and g.case_id = c.id order by g.at desc limit 1) g on true
    left join complaint_verdicts v on v.company_id = c.company_id and v.case_id = c.id and v.state = 'standing'
    left join lateral (select min(k.due_at) as due_at from case_orders l join clocks k on k.company_id = l.company_id
      and k.order_id = l.order_id and k.state = 'running' and (k.case_id is null or k.case_id = c.id)
      where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null) k on c.state = 'open'
    where c.company_id = ${reader.companyId} and c.business = 'voice' and c.case_type = ${filter.type}
      and c.state = ${filter.state} and ${visibleCase(reader, now)}
    order by k.due_at nulls last, c.accepted_at desc, c.id offset ${filter.offset} limit ${PAGE + 1}`);
}

async function count(db: Db, reader: Reader, filter: DeskFilter, now: Instant): Promise<number> {
  const { n } = await db.one<{ n: number }>(sql`
    select count(*) as n from (select 1 from cases c
      where c.company_id = ${reader.companyId} and c.business = 'voice' and c.case_type = ${filter.type}
        and c.state = ${filter.state} and ${visibleCase(reader, now)} limit ${MOST + 1}) counted`);
  return n;
}
