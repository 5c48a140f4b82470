import { findEvaluation } from '#modules/case/index.ts';
import type { Instant } from '#kernel/instant.ts';
import { papersOf } from '#modules/hall/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import { type ProcessState, type StepDefinition, stepKey } from '#modules/process/domain/index.ts';
import type { OpenLink } from '#modules/notice/index.ts';
import { findRestored } from '#modules/outage/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { LinkView } from './link-api.ts';
import { phoneOf } from './link-store.ts';

type Row = {
  readonly no: string;
  readonly company: string;
  readonly process: string;
  readonly version_id: string;
  readonly state: 'open' | 'closed';
  readonly ended_as: string | null;
  readonly reopened: number;
  readonly accepted_at: Instant;
  readonly closed_at: Instant | null;
  readonly process_state: ProcessState;
  readonly language: 'zh' | 'en' | null;
  readonly has_phone: boolean;
  readonly words: number;
  readonly files: number;
  readonly limit_id: string | null;
  readonly started_at: Instant | null;
  readonly due_at: Instant | null;
  readonly paused: boolean | null;
};

/** What the holder of a link sees; undefined: there is nothing to see (a quick item, or no work yet). */
export async function linkView(
  db: Db,
  library: ReturnType<typeof handbookLibrary>,
  link: OpenLink,
  clock: LinkView['clock'],
): Promise<LinkView | undefined> {
  const row = await findRow(db, link);
  if (row === undefined) return undefined;
  const { handbook, process } = await library.version(db, link.companyId, row.version_id);
  const definition = process(row.process);
  if (definition === undefined) return undefined;
  const evaluation = await findEvaluation(db, link.companyId, link.caseId, row.reopened);
  const limit = handbook.limits.find((one) => one.id === row.limit_id);
  const restored = row.state === 'open' ? await findRestored(db, link.companyId, link.caseId) : undefined;
  return {
    no: row.no,
    company: row.company,
    what: definition.name,
    state: row.state,
    acceptedAt: row.accepted_at,
    closedAt: row.closed_at,
    reopened: row.reopened,
    supplyBackAt: restored?.restoredAt ?? null,
    steps: definition.steps.filter(concernsCustomer).flatMap((step) => {
      const state = stateOf(row.process_state, step, link.caseId);
      return state === 'skipped' ? [] : [{ id: step.id, name: step.name, state }];
    }),
    promise:
      row.state === 'closed' || limit === undefined || row.started_at === null || row.due_at === null
        ? null
        : { name: limit.name, startedAt: row.started_at, dueAt: row.due_at, paused: row.paused === true },
    papers:
      row.state === 'closed'
        ? []
        : (await papersOf(db, link.companyId, link.caseId, definition))
            .filter((paper) => paper.receivedAt === null)
            .map(({ name, until }) => ({ name, until })),
    language: row.language,
    words: row.words,
    files: row.files,
    mayAdd: row.state === 'open' && row.has_phone,
    mayEvaluate: row.state === 'closed' && row.ended_as === null && evaluation === undefined,
    evaluation: evaluation ?? null,
    clock,
  };
}

function stateOf(state: ProcessState, step: StepDefinition, caseId: string) {
  const status = state.steps[stepKey(step.id, step.on === 'case' ? caseId : null)]?.status ?? 'waiting';
  return status === 'ready' ? 'active' : status;
}

/** Sorting and passing on are our housekeeping, though whoever does it sees the number. */
const INSIDE = new Set(['graded', 'dispatched', 'taken']);

/** He is called, visited, worked for, told; the rest is not his. */
function concernsCustomer(step: StepDefinition): boolean {
  // What the counter does first is the acceptance, which the page shows already.
  if (step.after.length === 0 && step.post === 'clerk') return false;
  if (step.informsCustomer === true || step.kind === 'appointment') return true;
  const inside =
    step.replyGate !== undefined || step.milestones?.some(({ name }) => INSIDE.has(name)) === true;
  return !inside && step.sees?.includes('phone') === true;
}

async function findRow(db: Db, { companyId, caseId }: OpenLink): Promise<Row | undefined> {
  return await db.maybe<Row>(sql`
    select c.no, y.name as company, o.process, o.handbook_version_id as version_id, c.state, c.ended_as, c.reopened,
      c.accepted_at, c.closed_at, c.language, o.process_state, ${phoneOf(companyId, caseId)} is not null as has_phone,
      (select count(*) from case_texts x where x.company_id = c.company_id and x.case_id = c.id and x.kind = 'note'
        and x.field in ('customer.page', 'customer.sms')) as words,
      (select count(*) from case_files f where f.company_id = c.company_id and f.case_id = c.id
        and f.source = 'customer') as files,
      k.limit_id, k.started_at, k.due_at, k.state = 'paused' as paused
    from cases c
    join companies y on y.company_id = c.company_id
    join lateral (select r.id, r.process, r.handbook_version_id, r.process_state from case_orders l
      join orders r on r.company_id = l.company_id and r.id = l.order_id
      where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null
      order by l.linked_at desc limit 1) o on true
    left join lateral (select q.limit_id, q.started_at, q.due_at, q.state from clocks q
      where q.company_id = c.company_id and q.order_id = o.id and q.state in ('running', 'paused')
        and q.role in ('promise', 'law') and (q.case_id is null or q.case_id = c.id)
      order by q.due_at limit 1) k on true
    where c.company_id = ${companyId} and c.id = ${caseId}`);
}
