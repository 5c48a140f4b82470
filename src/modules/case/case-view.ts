import type { Instant } from '#kernel/instant.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import {
  type CustomerField,
  decideActions,
  drawGraph,
  fieldsSeen,
  isJudgedByOnes,
  onesBrokenBy,
  type ProcessDefinition,
  type StepDefinition,
  stepKey,
  stepOf,
  suggestCards,
  type Who,
} from '#modules/process/domain/index.ts';
import type { Db } from '#platform/db/db.ts';
import type { CaseView, ClockView, StepView } from './case-api.ts';
import {
  type CaseRow,
  type ClockRow,
  findCase,
  findOrderOf,
  listClocks,
  listEvents,
  listTasks,
  listTexts,
  type OrderOfCase,
  type Reader,
  type TaskOfOrder,
  type TextRow,
} from './case-reads.ts';
import { restoresSupply } from './supply-groups.ts';
import { nameOf } from './name-of.ts';
import { stepForms } from './step-form.ts';
import { timelineEntry } from './timeline-view.ts';

type VersionOf = (db: Db, companyId: string, versionId: string) => Promise<HandbookVersion>;

/**
 * One page tells the whole case. Of the customer it tells what the reader's open steps declare, and everything to whoever
 * took the demand in: that is the reason to see it (design rule 2). Undefined: no such case for this reader.
 */
export async function caseView(
  db: Db,
  versionOf: VersionOf,
  reader: Reader & Who,
  id: string,
  now: Instant,
): Promise<CaseView | undefined> {
  const row = await findCase(db, reader, id, now);
  if (row === undefined) return undefined;
  const version = await versionOf(db, reader.companyId, row.handbook_version_id);
  const order = await findOrderOf(db, reader.companyId, id);
  const definition = order === undefined ? undefined : version.process(order.process);
  const tasks = order === undefined ? [] : await listTasks(db, reader.companyId, order.id, id);
  const texts = await listTexts(db, reader.companyId, id);
  const clocks = order === undefined ? [] : await listClocks(db, reader.companyId, order.id, id);
  const mine = tasks.filter((task) => isFor(task, reader)).map((task) => task.step);
  const seen = fieldsSeen(definition, mine, row.first_asked_id === reader.personId);
  return {
    ...headOf(row, version, definition),
    ...wordsOf(texts, seen),
    order:
      order === undefined || definition === undefined
        ? null
        : {
            ...orderOf(order, definition, tasks, reader, id),
            onesReasons: isJudgedByOnes(definition)
              ? version.handbook.fiveOnes.reasons.map(({ id: reason, name, ones, excuse = false }) => ({
                  id: reason,
                  name,
                  ones,
                  excuse,
                }))
              : [],
            faultCards: faultCardsOf(version, definition, order, seen.has('words') ? texts : []),
            reopenBreaks: onesBrokenBy(definition, order.process_state, definition.reopensTo),
            forms: await stepForms(db, reader.companyId, {
              definition,
              state: order.process_state,
              version,
              orderId: order.id,
              caseId: id,
              open: tasks.filter((task) => task.state === 'open'),
              now,
            }),
          },
    clocks: clocks.map((clock) => clockView(clock, version)),
    timeline: (await listEvents(db, reader.companyId, id, order?.id ?? null)).map((event) =>
      timelineEntry(event, { version, definition, texts: seen.has('words') ? texts : [] }),
    ),
  };
}

/** The task is open and this reader's: he holds it, or it waits for his post in his units. */
export function isFor(task: TaskOfOrder, reader: Reader & Who): boolean {
  if (task.state !== 'open') return false;
  if (task.holderId !== null) return task.holderId === reader.personId;
  return reader.unitIds.includes(task.unitId) && reader.posts.includes(task.post);
}

function headOf(row: CaseRow, version: HandbookVersion, definition: ProcessDefinition | undefined) {
  return {
    id: row.id,
    no: row.no,
    caseType: nameOf(version.handbook.caseTypes, row.case_type),
    process: definition?.name ?? null,
    quickItem: row.quick_item === null ? null : nameOf(version.handbook.quickItems, row.quick_item),
    summary: definition?.summary ?? null,
    channel: row.channel,
    state: row.state,
    mood: row.mood,
    escalationRisk: row.escalation_risk,
    householdId: row.household_id,
    firstAsked: row.first_asked,
    intakeUnit: row.intake_unit,
    acceptedAt: row.accepted_at,
    closedAt: row.closed_at,
  };
}

/** Only what the reader's open steps declare; `contact` is null where he sees nothing of the customer. */
function wordsOf(texts: readonly TextRow[], seen: ReadonlySet<CustomerField>) {
  const of = (kind: TextRow['kind'], field: CustomerField) =>
    seen.has(field) ? (texts.find((text) => text.kind === kind)?.body ?? null) : null;
  const contact = { name: of('contact-name', 'name'), phone: of('contact-phone', 'phone') };
  return {
    words: of('words', 'words'),
    place: of('place', 'address'),
    contact: seen.size === 0 ? null : contact,
  };
}

function faultCardsOf(
  version: HandbookVersion,
  definition: ProcessDefinition,
  order: OrderOfCase,
  texts: readonly TextRow[],
): NonNullable<CaseView['order']>['faultCards'] {
  const field = definition.steps.flatMap((step) => step.fields ?? []).find((one) => one.cards !== undefined);
  if (field === undefined) return { found: false, cards: [] };
  const { faultCards } = version.handbook;
  const found = order.process_state.facts[field.id];
  if (found !== undefined) return { found: true, cards: faultCards.filter((card) => card.id === found) };
  const offered = new Set(field.options?.map((option) => option.id));
  const said = texts.flatMap((text) => (text.kind === 'words' ? (text.body ?? '') : [])).join(' ');
  return {
    found: false,
    cards: suggestCards(
      said,
      faultCards.filter((card) => offered.has(card.id)),
    ),
  };
}

function orderOf(
  order: OrderOfCase,
  definition: ProcessDefinition,
  tasks: readonly TaskOfOrder[],
  who: Who,
  caseId: string,
): Omit<NonNullable<CaseView['order']>, 'forms' | 'faultCards' | 'onesReasons' | 'reopenBreaks'> {
  const open = tasks
    .filter((task) => task.state === 'open')
    .map((task) => ({ ...task, ref: { step: task.step, caseId: task.caseId, round: task.round } }));
  const decided = order.state === 'open' ? decideActions(definition, order.process_state, open, who) : [];
  const actions = decided
    .filter((one) => one.ref.caseId === null || one.ref.caseId === caseId)
    .map(({ action, ref, allowed, reason, to }) => ({
      action,
      ref,
      allowed,
      reason: reason ?? null,
      to: to ?? [],
      breaks:
        action === 'return' && allowed
          ? (to ?? []).map((step) => ({
              to: step,
              ones: onesBrokenBy(definition, order.process_state, step),
            }))
          : [],
    }));
  const graph = drawGraph(definition);
  return {
    id: order.id,
    seq: order.seq,
    restores: restoresSupply(definition),
    state: order.state,
    steps: graph.nodes.flatMap((node) => {
      const step = stepOf(definition, node.id);
      return step === undefined ? [] : [stepView(step, node, order, tasks, caseId)];
    }),
    edges: graph.edges,
    actions,
  };
}

function stepView(
  step: StepDefinition,
  at: { readonly x: number; readonly y: number },
  order: OrderOfCase,
  tasks: readonly TaskOfOrder[],
  caseId: string,
): StepView {
  const state = order.process_state.steps[stepKey(step.id, step.on === 'case' ? caseId : null)];
  const task = tasks.findLast((one) => one.step === step.id);
  const again = (state?.round ?? 1) > 1;
  const shown = {
    ready: 'active',
    done: 'done',
    skipped: 'skipped',
    waiting: again ? 'returned' : 'waiting',
  } as const;
  return {
    id: step.id,
    name: step.name,
    on: step.on,
    kind: step.kind,
    what: step.what,
    how: step.how,
    byWhen: step.byWhen,
    state: shown[state?.status ?? 'waiting'],
    round: state?.round ?? 1,
    unit: task?.unit ?? null,
    holder: task?.holder ?? null,
    x: at.x,
    y: at.y,
  };
}

function clockView(clock: ClockRow, version: HandbookVersion): ClockView {
  const limit = version.handbook.limits.find((one) => one.id === clock.limit_id);
  return {
    id: clock.id,
    clock: clock.clock,
    name: limit?.name ?? { zh: clock.clock, en: clock.clock },
    limit: clock.limit_text,
    role: clock.role,
    state: clock.state,
    startedAt: clock.started_at,
    dueAt: clock.due_at,
    stoppedAt: clock.stopped_at,
    brokenAt: clock.broken_at,
    kept: clock.kept,
    warnAt: clock.schedule.find((moment) => moment.percent === 70)?.at ?? null,
    source: limit?.source ?? '',
    confidence: limit?.confidence ?? '',
  };
}
