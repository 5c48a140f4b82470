import type { Instant } from '#kernel/instant.ts';
import type { HouseholdBrief } from '#modules/customer/index.ts';
import type { Facts, ProcessDefinition } from '#modules/process/domain/index.ts';
import type { NewText } from './case-store.ts';

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
  /** From when the demand counts: another system's acceptance of it. Absent: now. */
  readonly startedAt?: Instant;
  /** The station of the place, where no household says it. */
  readonly stationId?: string | null;
  /** It is part of an exercise: marked by its number, counted nowhere, no customer hears of it. */
  readonly drillId?: string;
};

/** What a process knows of a demand from its first moment. */
export function intakeFacts(intake: Intake, household: HouseholdBrief | null, area: Intake['area']): Facts {
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

/** What the customer said, each where it can be blanked. */
export function textsOf(intake: Intake): NewText[] {
  const texts: readonly [NewText['kind'], string | null][] = [
    ['words', intake.words.trim() === '' ? null : intake.words],
    ['contact-name', intake.anonymous ? null : intake.contactName],
    ['contact-phone', intake.anonymous ? null : intake.contactPhone],
    ['place', intake.place],
  ];
  return texts.flatMap(([kind, body]) => (body === null || body === '' ? [] : [{ kind, body }]));
}

/** A process whose clocks differ by area cannot begin without one. */
export function needsArea(definition: ProcessDefinition): boolean {
  return JSON.stringify(definition.clocks).includes('"fact":"area"');
}
