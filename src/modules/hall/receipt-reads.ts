import type { Instant } from '#kernel/instant.ts';
import { type CaseActor, caseView } from '#modules/case/index.ts';
import { type Facts, type ProcessDefinition, stepOf } from '#modules/process/domain/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { HallDeps } from './hall-reads.ts';
import type { PaperLine, Receipt } from './hall-api.ts';
import { receiptTo } from '#modules/notice/index.ts';
import { listPapers } from './paper-store.ts';

/** The papers of a case that the customer was told of, with the names that he knows them by. */
export async function papersOf(
  db: Db,
  companyId: string,
  caseId: string,
  definition: ProcessDefinition | undefined,
): Promise<readonly PaperLine[]> {
  const rows = await listPapers(db, companyId, caseId);
  return rows.map(({ paper, words, until, ...row }): PaperLine => {
    const name = definition?.papers?.find((one) => one.id === paper)?.name;
    const said = words ?? paper;
    const step = definition === undefined ? undefined : stepOf(definition, until);
    return { id: paper, name: name ?? { zh: said, en: said }, until: step?.name ?? null, ...row };
  });
}

type CaseView = NonNullable<Awaited<ReturnType<typeof caseView>>>;
type StepView = NonNullable<CaseView['order']>['steps'][number];

/** Steps that a paper can still hold, the one at work first. */
export function stepsToCome({ order }: CaseView): readonly StepView[] {
  const steps = order?.state === 'open' ? order.steps : [];
  const at = (state: StepView['state']) => steps.filter((step) => step.state === state);
  return [...at('active'), ...at('waiting')];
}

/** What happens next and by when, as it is said at the counter, printed or sent. Undefined: no such case for him. */
export async function receiptOf(
  db: Db,
  deps: HallDeps,
  actor: CaseActor,
  caseId: string,
  now: Instant,
): Promise<Receipt | undefined> {
  const view = await caseView(db, deps.handbook.version, actor, caseId, now);
  if (view === undefined) return undefined;
  const kept = await db.one<{ process: string | null; version_id: string; facts: Facts | null }>(sql`
    select c.process, c.handbook_version_id as version_id,
      (select o.process_state -> 'facts' from case_orders l
        join orders o on o.company_id = l.company_id and o.id = l.order_id
        where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null
        order by l.linked_at desc limit 1) as facts
    from cases c
    where c.company_id = ${actor.companyId} and c.id = ${caseId}`);
  const version = await deps.handbook.version(db, actor.companyId, kept.version_id);
  const definition = kept.process === null ? undefined : version.process(kept.process);
  const papers = await papersOf(db, actor.companyId, caseId, definition);
  const all = definition?.papers ?? [];
  return {
    caseId,
    no: view.no,
    title: view.process ?? view.quickItem ?? view.caseType,
    summary: view.summary,
    acceptedAt: view.acceptedAt,
    closed: view.state === 'closed',
    unit: view.intakeUnit,
    firstAsked: view.firstAsked,
    next: (view.order?.steps ?? [])
      .filter((step) => step.state === 'active')
      .map(({ name, what, unit }) => ({ step: name, what, unit })),
    // What the company promised; its own inner limits are not the customer's business.
    promises: view.clocks
      .filter((clock) => clock.role === 'promise' && clock.state !== 'cancelled')
      .map(({ name, limit, dueAt, state }) => ({ name, limit, dueAt, state })),
    papers,
    told: await receiptTo(db, actor.companyId, caseId),
    askable: all
      .filter((one) => !papers.some((paper) => paper.id === one.id))
      .filter((one) => kept.facts?.[`paper.${one.id}`] !== true)
      .map(({ id, name }) => ({ id, name })),
    untilSteps: stepsToCome(view).map(({ id, name }) => ({ id, name })),
  };
}
