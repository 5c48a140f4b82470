import type { Instant } from '#kernel/instant.ts';
import { MINUTE } from '#kernel/instant.ts';
import { emptyIntake } from '#modules/case/testing/empty-intake.ts';
import type { CaseView } from '#modules/case/case-api.ts';
import { type ProcessDefinition, stepOf } from '#modules/process/domain/index.ts';
import type { CompanyClient, Signed } from '../company-client.ts';
import type { DemoCompany } from '../demo/demo-company.ts';
import { fillStep } from '../demo/fill-step.ts';
import { type Random, seeded } from '../demo/seeded.ts';
import type { LaidOutage, Report } from './plan-replay.ts';

export type ReplayDeps = {
  readonly client: CompanyClient;
  readonly password: string;
  readonly company: DemoCompany;
  readonly definition: ProcessDefinition;
  /** Business seconds a real second. */
  readonly factor: number;
  /** Business time that the first outage begins at; its own times are moved there. */
  readonly begin: Instant;
  readonly say: (line: string) => void;
};

export type Played = {
  /** Reports sent, and the cases that were acknowledged, by mark. */
  readonly sent: number;
  readonly accepted: ReadonlyMap<string, string>;
  readonly refused: readonly string[];
  /** Steps done, and those that the demo's sign-ins could not do. */
  readonly steps: number;
  readonly leftOpen: number;
};

const WORDS = ['家里停电了，邻居家也没有', '突然没电了，外面响了一声', '整片都黑了，什么时候来电'];
/** Which steps belong to which of the real moments; what comes after 'fix' follows the restoration. */
const AT_ACCEPTANCE = new Set(['judge', 'dispatch', 'accept', 'contact']);
const AT_ARRIVAL = new Set(['arrive', 'survey', 'safe']);
/** Tries of one request; the key stays the same, so that none is done twice. */
const TRIES = 40;

/**
 * Plays outages against the running program: reports come in, and dispatchers, crews and call takers do their steps, each at
 * its real time on the program's scaled clock. A program that is away for a moment is asked again with the same key.
 */
export async function playReplay(laid: readonly LaidOutage[], deps: ReplayDeps): Promise<Played> {
  const first = Math.min(...laid.map((one) => one.outage.start));
  const move = deps.begin - first;
  const people = signedInPeople(deps);
  const clock = businessTime(deps);
  const accepted = new Map<string, string>();
  const refused: string[] = [];
  let sent = 0;
  let steps = 0;
  let leftOpen = 0;

  await Promise.all(
    laid.map(async ({ outage, reports, steps: times }) => {
      const random = seeded(deps.company.seed, `replay:${outage.id}`);
      const cases: string[] = [];
      let orderId: string | null = null;
      const report = async (one: Report): Promise<void> => {
        await clock.until(one.at + move);
        sent += 1;
        const answer = await sendReport(people, one, orderId, random);
        if ('refused' in answer) return void refused.push(`${one.mark}: ${answer.refused}`);
        accepted.set(one.mark, answer.caseId);
        cases.push(answer.caseId);
      };
      const [opening, ...others] = reports;
      if (opening === undefined) return;
      await report(opening);
      const [caseId] = cases;
      if (caseId === undefined) return;
      orderId = (await readCase(people, caseId))?.order?.id ?? null;
      const waitFor = (step: string) => clock.until(timeOf(step, times) + move);
      const told = others.map(report);
      const done = await carry(deps, people, cases, random, waitFor);
      await Promise.all(told);
      // Whoever reported while the last steps were done is told as well.
      const after = await carry(deps, people, cases, random, waitFor);
      steps += done.steps + after.steps;
      leftOpen += after.open;
    }),
  );
  return { sent, accepted, refused, steps, leftOpen };
}

function timeOf(step: string, times: LaidOutage['steps']): Instant {
  if (AT_ACCEPTANCE.has(step)) return times.accepted;
  if (AT_ARRIVAL.has(step)) return times.arrived;
  return step === 'callback' || step === 'archive' ? times.restored + 15 * MINUTE : times.restored;
}

type People = { as(login: string): Promise<Signed> };

function signedInPeople({ client, password }: ReplayDeps): People {
  const signed = new Map<string, Promise<Signed>>();
  return {
    as(login) {
      const known = signed.get(login) ?? patiently(() => client.signIn(login, password));
      signed.set(login, known);
      return known;
    },
  };
}

async function sendReport(
  people: People,
  report: Report,
  orderId: string | null,
  random: Random,
): Promise<{ readonly caseId: string } | { readonly refused: string }> {
  const intake = emptyIntake({
    channel: report.way,
    process: 'repair-low',
    householdId: report.householdId,
    words: random.pick(WORDS),
    contactName: report.mark,
    contactPhone: `164${String(random.int(100_000_000)).padStart(8, '0')}`,
  });
  const clerk = await people.as(report.way === 'phone' ? 'call-taker' : 'clerk');
  const key = `replay-${report.mark.replace('回放', '')}`;
  const [path, body] =
    report.way === 'web'
      ? ['/api/cases', intake]
      : ['/api/hall/intake', { draftId: null, callId: null, orderId, intake }];
  const answer = await patiently(() => clerk.post(path as string, body, key));
  if (answer.status === 200) return answer.body as { caseId: string };
  // The repair is over by now: the customer gets a case of his own.
  if (orderId !== null) return await sendReport(people, { ...report, mark: report.mark }, null, random);
  return { refused: JSON.stringify(answer.body) };
}

async function readCase(people: People, caseId: string): Promise<CaseView | undefined> {
  const officer = await people.as('control-officer');
  const answer = await patiently(() => officer.get(`/api/cases/${caseId}`));
  return answer.status === 200 ? (answer.body as CaseView) : undefined;
}

/** Does what these cases wait for, step by step, as the sign-ins whose tasks these are; `open`: what nobody could end. */
async function carry(
  deps: ReplayDeps,
  people: People,
  cases: readonly string[],
  random: Random,
  waitFor: (step: string) => Promise<void>,
): Promise<{ readonly steps: number; readonly open: number }> {
  let steps = 0;
  for (let moved = true; moved; ) {
    moved = false;
    for (const caseId of cases) {
      const view = await readCase(people, caseId);
      const step = view?.order?.steps.find((one) => one.state === 'active');
      if (step === undefined) continue;
      await waitFor(step.id);
      if (!(await doStep(deps, people, caseId, step.id, random))) continue;
      steps += 1;
      moved = true;
    }
  }
  const ends = await Promise.all(cases.map(async (caseId) => (await readCase(people, caseId))?.state));
  return { steps, open: ends.filter((state) => state !== 'closed').length };
}

async function doStep(
  deps: ReplayDeps,
  people: People,
  caseId: string,
  step: string,
  random: Random,
): Promise<boolean> {
  const definition = stepOf(deps.definition, step);
  if (definition === undefined) return false;
  for (const { login } of deps.company.logins.filter((one) => one.person.post === definition.post)) {
    const person = await people.as(login);
    if (await tryStep(person, { caseId, step, definition, random })) return true;
  }
  return false;
}

type StepTry = {
  readonly caseId: string;
  readonly step: string;
  readonly definition: NonNullable<ReturnType<typeof stepOf>>;
  readonly random: Random;
};

async function tryStep(person: Signed, { caseId, step, definition, random }: StepTry): Promise<boolean> {
  for (let again = 0; again < 3; again++) {
    const seen = await patiently(() => person.get(`/api/cases/${caseId}`));
    if (seen.status !== 200) return false;
    const view = seen.body as CaseView;
    const { order } = view;
    if (order === null) return false;
    const action = order.actions.find((one) => one.ref.step === step && one.allowed && one.action === 'take');
    const doing = order.actions.find((one) => one.ref.step === step && one.allowed && one.action === 'do');
    const ref = (doing ?? action)?.ref;
    if (ref === undefined) return false;
    const key = `${order.id}-${step}-${ref.round}-${order.seq}`;
    if (doing === undefined) {
      await patiently(() => person.post(`/api/orders/${order.id}/take`, { seq: order.seq, ref }, `t-${key}`));
      continue;
    }
    const now = await businessNow(person);
    const record = order.forms.find((form) => form.step === step)?.record ?? undefined;
    const known = { now, acceptedAt: view.acceptedAt, random, ...(record === undefined ? {} : { record }) };
    const report = fillStep(definition, known);
    const done = await patiently(() =>
      person.post(`/api/orders/${order.id}/finish`, { seq: order.seq, ref, ...report }, `f-${key}`),
    );
    if (done.status === 200) return true;
  }
  return false;
}

async function businessNow(person: Signed): Promise<Instant> {
  return ((await patiently(() => person.get('/api/health'))).body as { now: Instant }).now;
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

/** Asks again while the program is away or busy; every write carries its key. */
async function patiently<T extends { readonly status?: number } | object>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      const answer = await ask();
      const status = 'status' in answer ? (answer.status ?? 0) : 200;
      if (status < 500 || tries === TRIES) return answer;
    } catch (error) {
      if (tries === TRIES) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100 * Math.min(tries, 10)));
  }
}
