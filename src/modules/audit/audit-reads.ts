import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { AuditLine, AuditPage, AuditState } from './audit-api.ts';

const PAGE = 100;
/** A list counts so far and then says "more than that" (design rule 9). */
const COUNTED = 10_000;

export async function auditPage(
  db: Db,
  companyId: string,
  filter: {
    readonly before: string | null;
    /** The id of an object or of a person. */
    readonly object: string | null;
    readonly action: string | null;
    readonly alarm: boolean;
  },
): Promise<AuditPage> {
  const { before, object, action, alarm } = filter;
  const matches = sql`e.company_id = ${companyId}
    and (${object}::text is null or e.object_id = ${object} or e.actor_id::text = ${object})
    and (${action}::text is null or e.action like ${action} || '%')
    and (not ${alarm}::boolean or e.detail -> 'alarm' = 'true')`;
  const rows = await db.rows<AuditLine>(sql`
    select e.id, e.at, p.name as actor, e.action, e.outcome, e.object_type as "objectType", e.object_id as "objectId",
      e.detail, s.seq as seal
    from audit_entries e
    left join people p on p.company_id = e.company_id and p.id = e.actor_id
    left join audit_seals s on s.company_id = e.company_id and s.entry_id = e.id
    where ${matches} and (${before}::uuid is null or (e.at, e.id) < (select b.at, b.id from audit_entries b
      where b.company_id = e.company_id and b.id = ${before}))
    order by e.at desc, e.id desc limit ${PAGE + 1}`);
  const { n } = await db.one<{ n: number }>(sql`
    select count(*) as n from (select 1 from audit_entries e where ${matches} limit ${COUNTED + 1}) counted`);
  const shown = rows.slice(0, PAGE);
  return {
    rows: shown,
    next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
    total: Math.min(n, COUNTED),
    capped: n > COUNTED,
  };
}

/** The audit as lines of a file, newest first, a page at a time; its names are those of the interface, for programs. */
export async function* auditExport(
  db: Db,
  companyId: string,
  filter: Omit<Parameters<typeof auditPage>[2], 'before'>,
): AsyncGenerator<readonly string[]> {
  yield ['at', 'actor', 'action', 'outcome', 'object_type', 'object_id', 'seal', 'detail'];
  for (let before: string | null = null; ; ) {
    const page: AuditPage = await auditPage(db, companyId, { ...filter, before });
    for (const row of page.rows)
      yield [
        new Date(row.at).toISOString(),
        row.actor ?? '',
        row.action,
        row.outcome,
        row.objectType,
        row.objectId,
        row.seal === null ? '' : String(row.seal),
        JSON.stringify(row.detail),
      ];
    if (page.next === null) return;
    before = page.next;
  }
}

export async function auditState(db: Db, companyId: string, since: Instant): Promise<AuditState> {
  return await db.one<AuditState>(sql`
    select coalesce((select max(s.seq) from audit_seals s where s.company_id = ${companyId}), 0) as sealed,
      (select max(h.day)::text from audit_heads h where h.company_id = ${companyId}) as "lastHead",
      (select count(*) from audit_entries e where e.company_id = ${companyId} and e.at >= ${timestamp(since)}
        and e.detail -> 'alarm' = 'true') as alarms`);
}
