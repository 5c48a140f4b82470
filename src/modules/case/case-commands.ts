import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type HouseholdBrief, householdBrief } from '#modules/customer/index.ts';
import { type OrderActor, type OrderDeps, openOrder } from '#modules/order/index.ts';
import { type Facts, missingPapers, type ProcessDefinition } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { caseStore, type NewText } from './case-store.ts';
import { caseNumber } from './domain/case-number.ts';
import { leadUnitOf } from './domain/lead-unit.ts';
import { tellAccepted } from './tell-customer.ts';

export type CaseDeps = OrderDeps & {
  readonly activeHandbook: (db: Db, companyId: string) => Promise<HandbookVersion | undefined>;
};

export type CaseActor = OrderActor & { readonly unitId: string };

export type Intake = {
  readonly channel: string;
  /** A process of the handbook, or a quick item (即办件); exactly one of them. */
  readonly process: string | null;
  readonly quickItem: string | null;
  readonly caseType: string | null;
  readonly householdId: string | null;
  readonly area: 'city' | 'rural' | 'remote' | null;
  readonly words: string;
  readonly contactName: string | null;
  readonly contactPhone: string | null;
  readonly place: string | null;
  readonly accusedUnitId: string | null;
  readonly mood: 'calm' | 'upset' | 'furious';
  readonly escalationRisk: boolean;
  readonly anonymous: boolean;
  readonly noCallBack: boolean;
  /** Ids of the papers that were handed in. */
  readonly papers: readonly string[];
  readonly promiseSigned: boolean;
};

export type Accepted = {
  readonly caseId: string;
  readonly no: string;
  readonly orderId: string | null;
  /** 一次性告知: everything that is still missing, said once, with the step until which it may follow. */
  readonly missingPapers: readonly { readonly id: string; readonly until: string }[];
};

/**
 * Accepts a demand: case, order, first tasks and clocks in the caller's transaction. Refusals: `case.no-handbook`,
 * `case.unknown-process`, `case.unknown-quick-item`, `case.wrong-type`, `case.one-of-two`, `case.words-missing`,
 * `case.household-unknown`, `case.accused-unknown`, `case.area-missing`, `case.paper-missing`, `case.no-lead-unit`.
 */
export async function acceptCase(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  intake: Intake,
): Promise<Accepted | Refusal> {
  const version = await deps.activeHandbook(tx, actor.companyId);
  if (version === undefined) return refuse('case.no-handbook');
  if ((intake.process === null) === (intake.quickItem === null)) return refuse('case.one-of-two');
  const household =
    intake.householdId === null
      ? null
      : await householdBrief(tx, actor.companyId, intake.householdId, tx.now);
  if (household === undefined) return refuse('case.household-unknown');
  const store = caseStore(tx, actor.companyId);
  const accused = intake.accusedUnitId === null ? null : await store.findUnitCode(intake.accusedUnitId);
  if (accused === undefined) return refuse('case.accused-unknown');
  const where = { household, accused };
  if (intake.quickItem !== null) return acceptQuickItem(tx, actor, version, intake, where);
  return acceptDemand(tx, deps, actor, version, intake, where);
}

type Where = { readonly household: HouseholdBrief | null; readonly accused: string | null };

async function acceptQuickItem(
  tx: Tx,
  actor: CaseActor,
  version: HandbookVersion,
  intake: Intake,
  where: Where,
): Promise<Accepted | Refusal> {
  const item = version.handbook.quickItems.find((one) => one.id === intake.quickItem);
  if (item === undefined) return refuse('case.unknown-quick-item');
  const id = await insertCase(tx, actor, version, intake, where, {
    business: item.business,
    caseType: item.caseType,
  });
  return { ...id, orderId: null, missingPapers: [] };
}

async function acceptDemand(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  version: HandbookVersion,
  intake: Intake,
  where: Where,
): Promise<Accepted | Refusal> {
  const definition = version.process(intake.process ?? '');
  if (definition === undefined) return refuse('case.unknown-process');
  const caseType = intake.caseType ?? definition.caseTypes[0];
  if (caseType === undefined || !definition.caseTypes.includes(caseType)) return refuse('case.wrong-type');
  if (intake.words.trim() === '') return refuse('case.words-missing');
  const area = where.household?.areaClass ?? intake.area;
  if (area === null && needsArea(definition)) return refuse('case.area-missing');
  const facts = intakeFacts(intake, where.household, area);
  const missing = missingPapers(definition, facts);
  const atOnce = missing.find((paper) => paper.until === 'intake');
  if (atOnce !== undefined) return refuse('case.paper-missing', { paper: atOnce.id });

  const store = caseStore(tx, actor.companyId);
  const leadUnitId = await store.findUnit(leadUnitOf(definition.business, where.accused));
  if (leadUnitId === undefined) return refuse('case.no-lead-unit');
  const made = await insertCase(tx, actor, version, intake, where, {
    business: definition.business,
    caseType,
  });
  const opened = await openOrder(tx, deps, actor, {
    version,
    definition,
    caseIds: [made.caseId],
    facts,
    caseFacts: { [made.caseId]: facts },
    stationId: where.household?.stationId ?? null,
    leadUnitId,
  });
  if (isRefusal(opened)) return opened;
  await tellAccepted(tx, actor.companyId, made.caseId, intake);
  return {
    ...made,
    orderId: opened.orderId,
    missingPapers: missing.map(({ id, until }) => ({ id, until })),
  };
}

async function insertCase(
  tx: Tx,
  actor: CaseActor,
  version: HandbookVersion,
  intake: Intake,
  where: Where,
  kind: { readonly business: string; readonly caseType: string },
): Promise<{ readonly caseId: string; readonly no: string }> {
  const store = caseStore(tx, actor.companyId);
  const id = newId();
  const no = caseNumber(await store.nextNumber(), tx.now);
  await store.insert({
    ...intake,
    ...kind,
    id,
    no,
    handbookVersionId: version.versionId,
    areaClass: where.household?.areaClass ?? intake.area,
    stationId: where.household?.stationId ?? null,
    intakeUnitId: actor.unitId,
    firstAskedId: actor.personId,
  });
  await store.insertTexts(id, textsOf(intake), actor.personId);
  return { caseId: id, no };
}

function intakeFacts(intake: Intake, household: HouseholdBrief | null, area: Intake['area']): Facts {
  return {
    ...(area === null ? {} : { area }),
    anonymous: intake.anonymous,
    noCallBack: intake.noCallBack,
    important: household?.importantGrade !== null && household !== null,
    promiseSigned: intake.promiseSigned,
    source: intake.channel,
    ...Object.fromEntries(intake.papers.map((id) => [`paper.${id}`, true])),
  };
}

function textsOf(intake: Intake): NewText[] {
  const texts: readonly [NewText['kind'], string | null][] = [
    ['words', intake.words.trim() === '' ? null : intake.words],
    ['contact-name', intake.anonymous ? null : intake.contactName],
    ['contact-phone', intake.anonymous ? null : intake.contactPhone],
    ['place', intake.place],
  ];
  return texts.flatMap(([kind, body]) => (body === null || body === '' ? [] : [{ kind, body }]));
}

/** A process whose clocks differ by area cannot begin without one. */
function needsArea(definition: ProcessDefinition): boolean {
  return JSON.stringify(definition.clocks).includes('"fact":"area"');
}
