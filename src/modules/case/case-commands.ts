import { randomUUID } from 'node:crypto';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { type HouseholdBrief, householdBriefs } from '#modules/customer/index.ts';
import {
  hashText,
  insertOrders,
  type OrderActor,
  type OrderDeps,
  type OrderWanted,
  type PlannedOrder,
  planOrders,
} from '#modules/order/index.ts';
import { missingPapers, type ProcessDefinition } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { caseStore, type NewCase } from './case-store.ts';
import { caseNumber } from './domain/case-number.ts';
import { leadUnitOf } from './domain/lead-unit.ts';
import { type Intake, intakeFacts, needsArea, textsOf } from './intake.ts';
import { tellAccepted } from './tell-customer.ts';
import { tellMayEscalate } from './tell-supervisors.ts';

export type CaseDeps = OrderDeps & {
  readonly activeHandbook: (db: Db, companyId: string) => Promise<HandbookVersion | undefined>;
};

export type CaseActor = OrderActor & {
  readonly unitId: string;
  /** A door took the demand in, not a person: what is the first-asked's falls to his post. */
  readonly system?: boolean;
};

export type Accepted = {
  readonly caseId: string;
  readonly no: string;
  readonly orderId: string | null;
  /** 一次性告知: everything that is still missing, said once, with the step until which it may follow. */
  readonly missingPapers: readonly { readonly id: string; readonly until: string }[];
  /** Whoever took it in reads it no more: its number is all he keeps. */
  readonly closedList: boolean;
};

export type IntakeRequest = { readonly actor: CaseActor; readonly intake: Intake };

/** Accepts one demand; see `acceptCases`. */
export async function acceptCase(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  intake: Intake,
): Promise<Accepted | Refusal> {
  const [answer] = await acceptCases(tx, deps, actor.companyId, [{ actor, intake }]);
  if (answer === undefined) throw new Error('one request gives one answer');
  return answer;
}

/**
 * Accepts demands of one company: cases, orders, first tasks and clocks in the caller's transaction. Everything is decided
 * before anything is written, so one that is refused leaves no row and undoes nothing of the others; the number of
 * statements does not grow with the number of demands. Refusals: `case.no-handbook`, `case.unknown-process`,
 * `case.unknown-quick-item`, `case.wrong-type`, `case.one-of-two`, `case.words-missing`, `case.household-unknown`,
 * `case.accused-unknown`, `case.area-missing`, `case.paper-missing`, `case.no-lead-unit`, and those of `planOrders`.
 */
export async function acceptCases(
  tx: Tx,
  deps: CaseDeps,
  companyId: string,
  requests: readonly IntakeRequest[],
): Promise<readonly (Accepted | Refusal)[]> {
  const version = await deps.activeHandbook(tx, companyId);
  if (version === undefined) return requests.map(() => refuse('case.no-handbook'));
  const store = caseStore(tx, companyId);
  const households = await householdBriefs(
    tx,
    companyId,
    requests.flatMap(({ intake }) => intake.householdId ?? []),
  );
  const company: Company = { version, households, units: await store.listUnits() };
  const decided = requests.map((request) => decideIntake(company, request, tx.now));
  const planned = await planAll(tx, deps, companyId, company, decided);
  const going = planned.filter((one): one is Going => !isRefusal(one));
  const numbers = await store.nextNumbers(going.length);
  const accepted = going.map((one, i) => ({ ...one, no: numberOf(one, numbers[i] ?? 0, tx.now) }));
  await insertAll(tx, companyId, company, accepted);
  const answers = new Map(accepted.map((one) => [one.id, answerOf(one)]));
  return planned.map((one) => (isRefusal(one) ? one : (answers.get(one.id) ?? refuse('case.no-handbook'))));
}

/** Every page, list and print calls a case by its number: what belongs to an exercise says so in it. */
function numberOf({ intake }: IntakeRequest, running: number, now: number): string {
  return `${intake.drillId === undefined ? '' : DRILL_MARK}${caseNumber(running, now)}`;
}

const DRILL_MARK = '演练';

type Company = {
  readonly version: HandbookVersion;
  readonly households: ReadonlyMap<string, HouseholdBrief>;
  /** Those that are not closed. */
  readonly units: readonly { readonly id: string; readonly code: string; readonly parentId: string | null }[];
};

type Kind = { readonly business: string; readonly caseType: string };

/** A demand that may be accepted; `wanted` null: a quick item, for which there is no work. */
type Decided = IntakeRequest & {
  readonly id: string;
  readonly kind: Kind;
  readonly household: HouseholdBrief | null;
  readonly wanted: OrderWanted | null;
  readonly missing: Accepted['missingPapers'];
  /** Ids of the units of its closed list; null: it has none. */
  readonly closedTo: readonly string[] | null;
};

type Going = Decided & { readonly planned: PlannedOrder | null };

function decideIntake(company: Company, request: IntakeRequest, now: number): Decided | Refusal {
  const { intake } = request;
  const { version } = company;
  if ((intake.process === null) === (intake.quickItem === null)) return refuse('case.one-of-two');
  const household = intake.householdId === null ? null : company.households.get(intake.householdId);
  if (household === undefined) return refuse('case.household-unknown');
  const accused = intake.accusedUnitId === null ? null : unitCode(company, intake.accusedUnitId);
  if (accused === undefined) return refuse('case.accused-unknown');
  const begun = { ...request, id: newId(), household };
  if (intake.quickItem !== null) {
    const item = version.handbook.quickItems.find((one) => one.id === intake.quickItem);
    if (item === undefined) return refuse('case.unknown-quick-item');
    return { ...begun, kind: item, wanted: null, missing: [], closedTo: null };
  }
  return decideDemand(company, begun, accused, now);
}

function decideDemand(
  company: Company,
  begun: IntakeRequest & { readonly id: string; readonly household: HouseholdBrief | null },
  accused: string | null,
  now: number,
): Decided | Refusal {
  const { intake, actor, household, id } = begun;
  const { version } = company;
  const definition = version.process(intake.process ?? '');
  if (definition === undefined) return refuse('case.unknown-process');
  const caseType = intake.caseType ?? definition.caseTypes[0];
  if (caseType === undefined || !definition.caseTypes.includes(caseType)) return refuse('case.wrong-type');
  if (intake.words.trim() === '') return refuse('case.words-missing');
  const area = household?.areaClass ?? intake.area;
  if (area === null && needsArea(definition)) return refuse('case.area-missing');
  const facts = intakeFacts(intake, household, area);
  const missing = missingPapers(definition, facts);
  const atOnce = missing.find((paper) => paper.until === 'intake');
  if (atOnce !== undefined) return refuse('case.paper-missing', { paper: atOnce.id });
  const leadUnitId = company.units.find((unit) => unit.code === leadUnitOf(definition, accused))?.id;
  if (leadUnitId === undefined) return refuse('case.no-lead-unit');
  const of = {
    id,
    intakeUnitId: actor.unitId,
    firstAskedId: actor.system === true ? null : actor.personId,
    keptAwayUnitIds: intake.accusedUnitId === null ? [] : [intake.accusedUnitId],
    acceptedAt: intake.startedAt ?? now,
  };
  return {
    ...begun,
    kind: { business: definition.business, caseType },
    wanted: {
      version,
      definition,
      of,
      facts,
      stationId: household?.stationId ?? intake.stationId ?? null,
      leadUnitId,
      actorId: actor.personId,
    },
    missing: missing.map((paper) => ({ id: paper.id, until: paper.until })),
    closedTo: closedList(company, definition, accused),
  };
}

function closedList(
  company: Company,
  { closedTo }: ProcessDefinition,
  accused: string | null,
): readonly string[] | null {
  if (closedTo === undefined) return null;
  const isOn = (code: string) => code !== accused && closedTo.includes(code);
  return company.units.filter((unit) => isOn(unit.code)).map((unit) => unit.id);
}

async function planAll(
  tx: Tx,
  deps: CaseDeps,
  companyId: string,
  company: Company,
  decided: readonly (Decided | Refusal)[],
): Promise<readonly (Going | Refusal)[]> {
  const wanted = decided.flatMap((one) => (isRefusal(one) || one.wanted === null ? [] : [one.wanted]));
  const orders = await planOrders(tx, deps, companyId, wanted, company.units);
  const byCase = new Map(wanted.map((one, i) => [one.of.id, orders[i]]));
  return decided.map((one) => {
    if (isRefusal(one)) return one;
    const planned = byCase.get(one.id) ?? null;
    return isRefusal(planned) ? planned : { ...one, planned };
  });
}

async function insertAll(
  tx: Tx,
  companyId: string,
  company: Company,
  accepted: readonly (Going & { readonly no: string })[],
): Promise<void> {
  if (accepted.length === 0) return;
  const store = caseStore(tx, companyId);
  const said = accepted.map(({ id, intake, actor }) =>
    textsOf(intake).map((text) => ({
      ...text,
      id: newId(),
      salt: randomUUID(),
      caseId: id,
      by: actor.personId,
    })),
  );
  await store.insertMany(accepted.map((one, i) => newCase(company, one, said[i] ?? [])));
  await store.insertTextsOf(said.flat());
  await insertOrders(
    tx,
    companyId,
    accepted.flatMap((one) => one.planned ?? []),
  );
  await tellAccepted(
    tx,
    companyId,
    accepted.filter((one) => one.planned !== null),
  );
  await tellMayEscalate(tx, companyId, centreOf(company), accepted);
  // Taking a demand is the reason to see what the customer says of himself; it is on record once (design rule 2).
  await auditWriter(tx, companyId).writeAll(
    accepted.map(({ id, actor }) => ({
      actorId: actor.personId,
      action: 'case.accept',
      outcome: 'done' as const,
      objectType: 'case',
      objectId: id,
    })),
  );
}

function newCase(
  company: Company,
  one: Going & { readonly no: string },
  said: readonly { readonly id: string; readonly salt: string; readonly body: string }[],
): NewCase {
  const { intake, actor, household, id, no, kind, planned, closedTo } = one;
  const centre = centreOf(company);
  const atWork = (planned?.tasks ?? []).map((task) => task.unitId);
  const seeing = closedTo === null ? [actor.unitId, centre, ...atWork] : atWork;
  return {
    id,
    no,
    business: kind.business,
    caseType: kind.caseType,
    process: intake.process,
    quickItem: intake.quickItem,
    channel: intake.channel,
    householdId: intake.householdId,
    accusedUnitId: intake.accusedUnitId,
    mood: intake.mood,
    escalationRisk: intake.escalationRisk,
    handbookVersionId: company.version.versionId,
    areaClass: household?.areaClass ?? intake.area,
    stationId: household?.stationId ?? intake.stationId ?? null,
    acceptedAt: intake.startedAt ?? null,
    intakeUnitId: actor.unitId,
    firstAskedId: actor.personId,
    closedTo,
    drillId: intake.drillId ?? null,
    textHashes: Object.fromEntries(said.map((text) => [text.id, hashText(text.salt, text.body)])),
    // The accused unit sees nothing, not even when its own counter took the words down (design rule 2).
    seenBy: [...new Set(seeing)].filter(
      (unit) => unit !== undefined && unit !== intake.accusedUnitId,
    ) as string[],
  };
}

function answerOf({ id, no, planned, missing, closedTo }: Going & { readonly no: string }): Accepted {
  const orderId = planned?.order.id ?? null;
  return { caseId: id, no, orderId, missingPapers: missing, closedList: closedTo !== null };
}

function centreOf(company: Company): string | undefined {
  return company.units.find((unit) => unit.code === 'control-centre')?.id;
}

function unitCode(company: Company, id: string): string | undefined {
  return company.units.find((unit) => unit.id === id)?.code;
}
