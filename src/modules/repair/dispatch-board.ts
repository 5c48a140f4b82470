import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { type CaseActor, type CaseDeps, nameOf } from '#modules/case/index.ts';
import { type FieldSteps, fieldStepsOf, type ProcessDefinition } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import type { CrewOnDuty } from './crew-api.ts';
import { crewStandsAt, positionOf } from './crew-stands-at.ts';
import { crewsOnDuty } from './crews-on-duty.ts';
import type { DispatchSettings, OrderToSend } from './dispatch-api.ts';
import { arrivalLimits, dispatchPolicy, onCallMinutes } from './dispatch-policy.ts';
import {
  type CasesRead,
  dispatchSettings,
  type KeptPlan,
  lastPlan,
  listCasesOf,
  listPoints,
  listRepairs,
  listStock,
  type OrderRead,
  type PointRead,
  sendingProcesses,
} from './dispatch-reads.ts';
import type { Crew, DispatchFacts, DispatchPolicy, Fault } from './domain/dispatch-facts.ts';
import { expectedEnd } from './domain/expected-end.ts';
import { type FaultNeeds, needsOf, voltageOf } from './domain/fault-needs.ts';
import { kilometres, travelMinutes, type TravelModel, type TravelPoint } from './domain/travel-time.ts';
import type { Roads } from './roads.ts';
import { travelModel } from './travel-fit.ts';

/** What dispatching needs beside the database. `roads` absent: ways are estimated. */
export type DispatchDeps = CaseDeps & { readonly roads?: Roads };

const ZONE = 8 * HOUR;
const DAY_HOURS = 24;

/** A repair order with what whoever goes to it needs. */
export type OrderFound = {
  readonly order: OrderRead;
  readonly definition: ProcessDefinition;
  readonly steps: FieldSteps;
  readonly cases: CasesRead;
  readonly needs: FaultNeeds;
  readonly point: PointRead;
  readonly at: TravelPoint;
  readonly placeKnown: boolean;
};

/** Everything that a decision on crews looks at, as it stands at `now`. */
export type Board = {
  readonly now: Instant;
  readonly version: HandbookVersion;
  readonly settings: DispatchSettings;
  readonly crews: readonly CrewOnDuty[];
  /** Orders that wait to be dispatched; with some asked for, those, wherever they stand. */
  readonly orders: readonly OrderFound[];
  /** The cases of orders that crews are at; empty when single orders were asked for. */
  readonly atWork: ReadonlyMap<string, CasesRead>;
  /** By point, what is not spoken for by the jobs that crews are at. */
  readonly stock: ReadonlyMap<string, Readonly<Record<string, number>>>;
  readonly model: TravelModel;
  readonly roads: Roads | undefined;
  readonly last: KeptPlan;
};

/** Loads the board of what this reader may see; the number of statements does not grow with what is on it. */
export async function loadBoard(
  db: Db,
  deps: Pick<DispatchDeps, 'activeHandbook' | 'version' | 'roads'>,
  reader: CaseActor,
  { now, orderIds = null }: { readonly now: Instant; readonly orderIds?: readonly string[] | null },
): Promise<Board | undefined> {
  const { companyId } = reader;
  const version = await deps.activeHandbook(db, companyId);
  if (version === undefined) return undefined;
  const repairs = await listRepairs(db, companyId, sendingProcesses(version), orderIds);
  const begun = await beganWith(db, deps, companyId, repairs);
  const waiting = repairs.flatMap((order) => {
    const definition = begun.get(order.versionId)?.process(order.process);
    const steps = definition && fieldStepsOf(definition);
    if (definition === undefined || steps === undefined) return [];
    const one = { order, definition, steps };
    return orderIds !== null || isWaiting(one) ? [one] : [];
  });
  const crews = await crewsOnDuty(db, companyId, now);
  const jobs = orderIds === null ? crews.flatMap((crew) => crew.job?.orderId ?? []) : [];
  const ids = [...waiting.map(({ order }) => order.id), ...jobs];
  const cases = new Map((await listCasesOf(db, reader, ids, now)).map((row) => [row.orderId, row]));
  const points = await listPoints(db, companyId);
  const stock = await listStock(db, companyId, { now, asked: orderIds ?? [] });
  const kept = new Set([...stock.values()].flatMap((goods) => Object.keys(goods)));
  return {
    now,
    version,
    settings: await dispatchSettings(db, companyId),
    crews,
    atWork: cases,
    orders: waiting.flatMap((one) => {
      const of = cases.get(one.order.id);
      return of === undefined ? [] : [foundOf(one, of, { version, points, kept })];
    }),
    stock,
    model: await travelModel(db, companyId),
    roads: deps.roads,
    last: await lastPlan(db, companyId),
  };
}

/** Its step of dispatching is open. */
export function isWaiting({ order, steps }: Pick<OrderFound, 'order' | 'steps'>): boolean {
  return order.tasks.some((task) => task.step === steps.dispatch);
}

/** The versions of the handbook that orders began with: a handful, kept in memory. */
async function beganWith(
  db: Db,
  deps: Pick<CaseDeps, 'version'>,
  companyId: string,
  orders: readonly OrderRead[],
): Promise<ReadonlyMap<string, HandbookVersion>> {
  const ids = [...new Set(orders.map((order) => order.versionId))];
  const versions = await Promise.all(ids.map((id) => deps.version(db, companyId, id)));
  return new Map(versions.map((version) => [version.versionId, version]));
}

function foundOf(
  of: Pick<OrderFound, 'order' | 'definition' | 'steps'>,
  cases: CasesRead,
  company: {
    readonly version: HandbookVersion;
    readonly points: readonly PointRead[];
    readonly kept: ReadonlySet<string>;
  },
): OrderFound {
  const { facts, stationId } = of.order;
  const text = (name: string) => (typeof facts[name] === 'string' ? facts[name] : null);
  const fields = of.definition.steps.flatMap((step) => step.fields ?? []);
  const cardField = fields.find((field) => field.cards !== undefined);
  const needs = needsOf(
    {
      voltage: voltageOf(of.definition),
      faultClass: text('faultClass'),
      found: cardField === undefined ? null : text(cardField.id),
      words: cases.words ?? '',
    },
    company.version.handbook.faultCards,
    company.kept,
  );
  const own = company.points.filter((point) => stationId === null || point.stationId === stationId);
  const near = own.length === 0 ? company.points : own;
  const position =
    cases.lon === null || cases.lat === null ? middleOf(near) : { longitude: cases.lon, latitude: cases.lat };
  return {
    ...of,
    cases,
    needs,
    point: nearestOf(near, position),
    at: { position, zone: cases.zone ?? 'rural' },
    placeKnown: cases.lon !== null && cases.lat !== null,
  };
}

function middleOf(points: readonly PointRead[]): TravelPoint['position'] {
  const sum = (of: (point: PointRead) => number) =>
    points.reduce((all, point) => all + of(point), 0) / Math.max(1, points.length);
  return { longitude: sum((point) => point.lon), latitude: sum((point) => point.lat) };
}

const NOWHERE: PointRead = { id: '', name: '', stationId: '', lon: 0, lat: 0, zone: 'rural' };

function nearestOf(points: readonly PointRead[], to: TravelPoint['position']): PointRead {
  const way = (point: PointRead) => kilometres({ longitude: point.lon, latitude: point.lat }, to);
  return points.reduce((best, point) => (best === NOWHERE || way(point) < way(best) ? point : best), NOWHERE);
}

/** The board as the planner asks for it. */
export function factsOf(board: Board): { readonly facts: DispatchFacts; readonly policy: DispatchPolicy } {
  const { now, version, settings, orders, last } = board;
  const crews = board.crews.map((crew) => crewFacts(board, crew));
  // Real crews are not planned away from real customers for an exercise.
  const faults = orders.filter((found) => !found.cases.drill).map((found) => faultFacts(found));
  const plan = new Map(Object.entries(last.crews));
  return {
    facts: { now, crews, faults, travel: waysOf(board, crews, faults), lastPlan: plan },
    policy: dispatchPolicy(version, settings.storm),
  };
}

function crewFacts({ now, stock }: Board, crew: CrewOnDuty): Crew {
  const { job, shift, skills, cards } = crew;
  const arrives = job === null ? now : (job.arrivedAt ?? Math.max(now, job.expectedAt));
  return {
    id: crew.id,
    grid: crew.point.id,
    at: job === null ? crewStandsAt(crew, now) : { position: positionOf(job.to), zone: job.zone },
    freeAt: job === null ? now : Math.round(expectedEnd(arrives, job.repairMinutes, now)),
    shiftEnd: shift.until,
    // Hours at home are no hours on duty.
    onDutySince: shift.kind === 'duty' ? shift.from : now,
    skills,
    cards,
    materials: stock.get(crew.point.id) ?? {},
  };
}

function faultFacts({ order, cases, needs, point, at }: OrderFound): Fault {
  return {
    id: order.id,
    grid: point.id,
    at,
    reportedAt: order.startedAt,
    customers: cases.customers,
    important: cases.important || order.facts['urgency'] === 'urgent',
    hazard: cases.hazard,
    medical: cases.medical,
    skills: needs.skills,
    ...(needs.card === null ? {} : { card: needs.card }),
    materials: needs.materials,
    repairMinutes: needs.repairMinutes,
  };
}

/** Minutes from crews and faults to faults; who is on call comes from home first. Only columns of faults are read. */
function waysOf(board: Board, crews: readonly Crew[], faults: readonly Fault[]): Float64Array {
  const points = [...crews, ...faults];
  const ways = new Float64Array(points.length ** 2);
  for (const [i, from] of points.entries()) {
    const crew = board.crews[i];
    const home = crew !== undefined && crew.shift.kind === 'on-call' && crew.job === null;
    const extra = home ? onCallMinutes(board.version) : 0;
    for (const [j, to] of faults.entries())
      ways[i * points.length + crews.length + j] = extra + minutesOf(board, from.at.position, to.at);
  }
  return ways;
}

/** When a crew that sets out now would arrive. */
export function arrivalOf(board: Board, crew: CrewOnDuty, to: TravelPoint): Instant {
  const home = crew.shift.kind === 'on-call' ? onCallMinutes(board.version) : 0;
  const way = minutesOf(board, crewStandsAt(crew, board.now).position, to);
  return board.now + Math.round((home + way) * MINUTE);
}

/** Getting out and finding the place are learnt; the way between is the routing server's where it knows one. */
export function minutesOf(
  { now, model, roads }: Board,
  from: TravelPoint['position'],
  to: TravelPoint,
): number {
  const road = roads?.minutes(from, to.position);
  return road === undefined
    ? travelMinutes(model, from, to, hourOf(now))
    : model.accessMinutes[to.zone] + road;
}

/** By whom the ways are known; without an answer of the routing server they are estimated. */
export type WaysBy = 'estimated' | 'osrm' | 'valhalla' | 'no-answer';

/** Asks the routing server, where there is one, for every way that the board needs. */
export async function learnWays({ now, roads, crews, orders }: Board): Promise<WaysBy> {
  if (roads === undefined) return 'estimated';
  const faults = orders.map((found) => found.at.position);
  const starts = crews.map((crew) =>
    crew.job === null ? crewStandsAt(crew, now).position : positionOf(crew.job.to),
  );
  return (await roads.learn([...starts, ...faults], faults)) ? roads.kind : 'no-answer';
}

function hourOf(now: Instant): number {
  return Math.floor((now + ZONE) / HOUR) % DAY_HOURS;
}

/** An order as pages show it; nothing of the customer. */
export function orderToSend({ version }: Board, found: OrderFound): OrderToSend {
  const { order, definition, steps, cases, needs, point, at, placeKnown } = found;
  const card = version.handbook.faultCards.find((one) => one.id === needs.card);
  const task = order.tasks.find((one) => one.step === steps.dispatch);
  return {
    orderId: order.id,
    caseId: cases.caseId,
    no: cases.no,
    drill: cases.drill,
    process: definition.name,
    zone: at.zone,
    village: cases.village,
    point: { id: point.id, name: point.name },
    at: { lon: at.position.longitude, lat: at.position.latitude },
    placeKnown,
    reportedAt: order.startedAt,
    dueAt: order.startedAt + arrivalLimits(version)[at.zone] * MINUTE,
    customers: cases.customers,
    hazard: cases.hazard,
    important: cases.important || order.facts['urgency'] === 'urgent',
    medical: cases.medical,
    card: card === undefined ? null : { id: card.id, name: card.name },
    skills: needs.skills,
    repairMinutes: needs.repairMinutes,
    holder:
      task === undefined || task.holderId === null ? null : { id: task.holderId, name: task.holder ?? '' },
    givenBack: order.givenBack && {
      ...order.givenBack,
      reason: nameOf(version.handbook.fiveOnes.reasons, order.givenBack.reason),
    },
  };
}
