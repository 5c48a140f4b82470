import type { Instant } from '#kernel/instant.ts';
import { MINUTE } from '#kernel/instant.ts';
import { intakeWith } from '#modules/case/testing/intake-with.ts';
import type { CaseView, StepView } from '#modules/case/case-api.ts';
import { fieldStepsOf, type ProcessDefinition, stepOf } from '#modules/process/domain/index.ts';
import type { Candidate } from '#modules/repair/dispatch-api.ts';
import type { Answer, CompanyClient, Signed } from '../company-client.ts';
import type { DemoCompany } from '../demo/demo-company.ts';
import { fillStep } from '../demo/fill-step.ts';
import { type Random, seeded } from '../demo/seeded.ts';
import type { LaidOutage, Report } from './plan-replay.ts';
import { patiently, type People, refusalOf } from './replay-people.ts';

export type ReplayDeps = {
  readonly client: CompanyClient;
  readonly people: People;
  readonly company: DemoCompany;
  readonly definition: ProcessDefinition;
  /** Business seconds a real second. */
  readonly factor: number;
  /** Business time that the first outage begins at; its own times are moved there. */
  readonly begin: Instant;
  /** What would happen later does not happen; null: everything does. */
  readonly end: Instant | null;
};

export type Played = {
  /** Reports sent, and the cases that were acknowledged, by mark. */
  readonly sent: number;
  readonly accepted: ReadonlyMap<string, string>;
  readonly refused: readonly string[];
  readonly steps: number;
  /** Cases that are open at the end, each with what it waits for and what the program said to whoever tried. */
  readonly leftOpen: readonly string[];
};

const WORDS = ['家里停电了，邻居家也没有', '突然没电了，外面响了一声', '整片都黑了，什么时候来电'];
/** Which steps belong to which of the real moments; what comes after 'fix' follows the restoration. */
const AT_ACCEPTANCE = new Set(['judge', 'dispatch', 'accept', 'contact']);
const AT_ARRIVAL = new Set(['arrive', 'survey', 'safe']);
/** The program may say "not before": so often a step is tried again at the moment that it names. */
const WAITS = 5;

/**
 * Plays outages against the running program: reports come in, and dispatchers, crews and call takers do their steps, each at
 * its real time on the program's scaled clock. A program that is away for a moment is asked again with the same key.
 */
export async function playReplay(laid: readonly LaidOutage[], deps: ReplayDeps): Promise<Played> {
  const move = deps.begin - Math.min(...laid.map((one) => one.outage.start));
  const play = { ...deps, clock: businessTime(deps), end: deps.end ?? Infinity };
  const accepted = new Map<string, string>();
  const refused: string[] = [];
  const leftOpen: string[] = [];
  let sent = 0;
  let steps = 0;

  await Promise.all(
    laid.map(async ({ outage, reports, steps: times }) => {
      const random = seeded(deps.company.seed, `replay:${outage.id}`);
      const cases: string[] = [];
      let orderId: string | null = null;
      const report = async (one: Report): Promise<void> => {
        await play.clock.until(one.at + move);
        sent += 1;
        const answer = await sendReport(play.people, one, orderId, random);
        if ('refused' in answer) return void refused.push(`${one.mark}: ${answer.refused}`);
        accepted.set(one.mark, answer.caseId);
        cases.push(answer.caseId);
      };
      const [opening, ...others] = reports.filter((one) => one.at + move < play.end);
      if (opening === undefined) return;
      await report(opening);
      const [caseId] = cases;
      if (caseId === undefined) return;
      orderId = (await readCase(play.people, caseId))?.order?.id ?? null;
      const dueAt = (step: string) => timeOf(step, times) + move;
      const told = others.map(report);
      const first = await carry(play, cases, random, dueAt);
      await Promise.all(told);
      // Whoever reported while the last steps were done is told as well.
      const end = await carry(play, cases, random, dueAt);
      steps += first.steps + end.steps;
      leftOpen.push(...end.open.map((why) => `${outage.id}: ${why}`));
    }),
  );
  return { sent, accepted, refused, steps, leftOpen };
}

type Play = Omit<ReplayDeps, 'end'> & {
  readonly end: Instant;
  readonly clock: ReturnType<typeof businessTime>;
};

function timeOf(step: string, times: LaidOutage['steps']): Instant {
  if (AT_ACCEPTANCE.has(step)) return times.accepted;
  if (AT_ARRIVAL.has(step)) return times.arrived;
  return step === 'callback' || step === 'archive' ? times.restored + 15 * MINUTE : times.restored;
}

async function sendReport(
  people: People,
  report: Report,
  orderId: string | null,
  random: Random,
): Promise<{ readonly caseId: string } | { readonly refused: string }> {
  const intake = intakeWith({
    channel: report.way,
    process: 'repair-low',
    householdId: report.householdId,
    words: random.pick(WORDS),
    contactName: report.mark,
    contactPhone: `164${String(random.int(100_000_000)).padStart(8, '0')}`,
  });
  const clerk = await people.as(report.way === 'phone' ? 'call-taker' : 'clerk');
  const key = `replay-${report.mark.replace(/[^\w-]/g, '')}`;
  const [path, body] =
    report.way === 'web'
      ? ['/api/cases', intake]
      : ['/api/hall/intake', { draftId: null, callId: null, orderId, intake }];
  const answer = await clerk.post(path as string, body, key);
  if (answer.status === 200) return answer.body as { caseId: string };
  // The repair is over by now: the customer gets a case of his own.
  if (orderId !== null) return await sendReport(people, { ...report, mark: report.mark }, null, random);
  return { refused: refusalOf(answer) ?? '' };
}

async function readCase(people: People, caseId: string): Promise<CaseView | undefined> {
  const officer = await people.as('control-officer');
  const answer = await officer.get(`/api/cases/${caseId}`);
  return answer.status === 200 ? (answer.body as CaseView) : undefined;
}

/**
 * Does what these cases wait for, step by step, each by whoever has its post where the task lies; `open`: what could not be
 * ended, and why.
 */
async function carry(
  play: Play,
  cases: readonly string[],
  random: Random,
  dueAt: (step: string) => Instant,
): Promise<{ readonly steps: number; readonly open: readonly string[] }> {
  const why = new Map<string, string>();
  let steps = 0;
  for (let moved = true; moved; ) {
    moved = false;
    for (const caseId of cases) {
      const view = await readCase(play.people, caseId);
      const active = view?.order?.steps.filter((one) => one.state === 'active') ?? [];
      for (const step of active.toSorted((a, b) => dueAt(a.id) - dueAt(b.id))) {
        if (dueAt(step.id) >= play.end) continue;
        await play.clock.until(dueAt(step.id));
        const refusal = await doStep(play, caseId, step, random);
        if (refusal !== undefined) {
          why.set(caseId, `${step.id} at ${step.unit ?? 'no unit'}: ${refusal}`);
          continue;
        }
        steps += 1;
        moved = true;
        break;
      }
    }
  }
  const views = await Promise.all(cases.map((caseId) => readCase(play.people, caseId)));
  const open = views.flatMap((view) =>
    view === undefined || view.state === 'closed'
      ? []
      : [`${view.no} waits for ${why.get(view.id) ?? 'nothing that a step of its process would be'}`],
  );
  return { steps, open };
}

/** Undefined: done. Else why not. */
async function doStep(
  play: Play,
  caseId: string,
  { id: step, unit, holder }: StepView,
  random: Random,
): Promise<string | undefined> {
  const definition = stepOf(play.definition, step);
  if (definition === undefined) return 'the handbook has no such step';
  const { post } = definition;
  const person = unit === null ? undefined : await play.people.at({ unit, post, holder });
  if (person === undefined)
    return holder === null ? `nobody is ${post} there` : `${post} ${holder} is not of that unit`;
  if (fieldStepsOf(play.definition)?.dispatch === step) return await sendCrew(play, person, caseId, step);
  for (let waits = 0; ; waits++) {
    const refusal = await tryStep(person, { caseId, step, definition, random });
    if (refusal === undefined) return undefined;
    if (refusal.earliest === null || refusal.earliest >= play.end || waits === WAITS) return refusal.code;
    await play.clock.until(refusal.earliest);
  }
}

/** Crews come back from other outages: so many business minutes somebody is looked for. */
const CREW_MINUTES = 240;

/** Sends the crew that would be there first; while all are out, looks again every minute. */
async function sendCrew(
  play: Play,
  person: Signed,
  caseId: string,
  step: string,
): Promise<string | undefined> {
  let last = 'no crew is free';
  for (let minute = 0; minute < CREW_MINUTES; minute += 1) {
    const view = await readCase(play.people, caseId);
    const { order } = view ?? {};
    if (!order) return 'it has no order';
    // Another report of the same order did it meanwhile.
    if (order.steps.every((one) => one.id !== step || one.state !== 'active')) return undefined;
    const crews = await person.get(`/api/repair/dispatch/${order.id}/crews`);
    if (crews.status !== 200) return refusalOf(crews);
    const able = (crews.body as readonly Candidate[]).find((crew) => crew.lacks === null);
    if (able !== undefined) {
      const key = `s-${order.id}-${able.crewId}-${minute}`;
      const sent = await person.post(`/api/repair/dispatch/${order.id}`, { crewId: able.crewId }, key);
      if (sent.status === 200) return undefined;
      last = refusalOf(sent) ?? last;
    }
    const now = await businessNow(person);
    if (now >= play.end) return last;
    await play.clock.until(now + MINUTE);
  }
  return last;
}

type StepTry = {
  readonly caseId: string;
  readonly step: string;
  readonly definition: NonNullable<ReturnType<typeof stepOf>>;
  readonly random: Random;
};

type Refused = { readonly code: string /** "Not before" it says. */; readonly earliest: Instant | null };

/** Takes the step and does it; somebody else may move the order in between, so what is stale is read again. */
async function tryStep(
  person: Signed,
  { caseId, step, definition, random }: StepTry,
): Promise<Refused | undefined> {
  let last: Refused = { code: 'it is nobody’s to do', earliest: null };
  for (let again = 0; again < 5; again++) {
    const seen = await person.get(`/api/cases/${caseId}`);
    if (seen.status !== 200) return refusedOf(seen);
    const view = seen.body as CaseView;
    const { order } = view;
    if (order === null) return { code: 'it has no order', earliest: null };
    const may = (action: string) =>
      order.actions.find((one) => one.ref.step === step && one.allowed && one.action === action);
    const [doing, taking] = [may('do'), may('take')];
    const ref = (doing ?? taking)?.ref;
    // Another report of the same order did it meanwhile.
    if (order.steps.every((one) => one.id !== step || one.state !== 'active')) return undefined;
    if (ref === undefined) {
      const reason = order.actions.find((one) => one.ref.step === step && one.action === 'do')?.reason;
      return { code: reason ?? last.code, earliest: null };
    }
    const key = `${order.id}-${step}-${ref.round}-${order.seq}`;
    const answer =
      doing === undefined
        ? await person.post(`/api/orders/${order.id}/take`, { seq: order.seq, ref }, `t-${key}`)
        : await person.post(
            `/api/orders/${order.id}/finish`,
            { seq: order.seq, ref, ...(await reportOf(person, view, definition, random)) },
            `f-${key}`,
          );
    if (answer.status === 200 && doing !== undefined) return undefined;
    if (answer.status !== 200) last = refusedOf(answer);
    if (last.earliest !== null) return last;
  }
  return last;
}

async function reportOf(
  person: Signed,
  { acceptedAt, order }: CaseView,
  definition: StepTry['definition'],
  random: Random,
) {
  const now = await businessNow(person);
  const record = order?.forms.find((form) => form.step === definition.id)?.record ?? undefined;
  return fillStep(definition, { now, acceptedAt, random, ...(record === undefined ? {} : { record }) });
}

function refusedOf(answer: Answer): Refused {
  const detail = (answer.body as { readonly error?: { readonly detail?: { readonly earliest?: unknown } } })
    .error?.detail;
  const earliest = typeof detail?.earliest === 'number' ? detail.earliest : null;
  return { code: refusalOf(answer) ?? 'nothing', earliest };
}

async function businessNow(person: Signed): Promise<Instant> {
  return ((await person.get('/api/health')).body as { now: Instant }).now;
}

/** Business time as the program counts it, asked now and then. */
function businessTime({ client, factor }: ReplayDeps) {
  let known: Promise<{ now: Instant; at: number }> | undefined;
  const ask = async () => {
    const { body } = await patiently(() => client.anybody.get('/api/health'));
    return { now: (body as { now: Instant }).now, at: performance.now() };
  };
  return {
    async until(moment: Instant): Promise<void> {
      known ??= ask();
      const { now, at } = await known;
      const wait = (moment - now) / factor - (performance.now() - at);
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    },
  };
}
