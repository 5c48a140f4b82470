import { type FaultCard, type ProcessDefinition, suggestCards } from '#modules/process/domain/index.ts';

/** What is known of a fault before anybody has seen it. */
export type FaultSigns = {
  /** Medium voltage by its process; low otherwise. */
  readonly voltage: 'low' | 'medium';
  /** The class that the dispatcher judged; null before. */
  readonly faultClass: string | null;
  /** The card that a survey has found; null before. */
  readonly found: string | null;
  readonly words: string;
};

/** What whoever goes must be able to do, know and carry, and how long it usually takes. */
export type FaultNeeds = {
  readonly card: string | null;
  readonly skills: readonly string[];
  readonly materials: Readonly<Record<string, number>>;
  readonly repairMinutes: number;
};

/**
 * The needs of a fault by its card: found, or the one for which the customer's words speak. Without a card the voltage or the meter
 * says the skill, and the usual time is the median of the cards of that voltage. What no point keeps is brought from the store.
 */
export function needsOf(
  signs: FaultSigns,
  cards: readonly FaultCard[],
  kept: ReadonlySet<string>,
): FaultNeeds {
  const fitting = cards.filter((card) => card.voltage.includes(signs.voltage));
  const card =
    cards.find((one) => one.id === signs.found) ??
    (signs.faultClass === 'meter' ? undefined : suggestCards(signs.words, fitting)[0]);
  const base = baseSkillOf(signs);
  if (card === undefined)
    return { card: null, skills: [base], materials: {}, repairMinutes: usualMinutes(fitting) };
  const materials = card.materials.filter((material) => kept.has(material)).map((one) => [one, 1] as const);
  return {
    card: card.id,
    skills: [...new Set([`${signs.voltage}-voltage`, ...(card.skills ?? [])])],
    materials: Object.fromEntries(materials),
    repairMinutes: card.minutes,
  };
}

/** What every fault of this kind asks for, whatever its card. */
export function baseSkillOf({ voltage, faultClass }: Pick<FaultSigns, 'voltage' | 'faultClass'>): string {
  return faultClass === 'meter' ? 'meter' : `${voltage}-voltage`;
}

/** The voltage of a process is that of the cards it asks for. */
export function voltageOf({ steps }: ProcessDefinition): FaultSigns['voltage'] {
  const fields = steps.flatMap((step) => step.fields ?? []);
  return fields.find((field) => field.cards !== undefined)?.cards ?? 'low';
}

/** Only when a company has no card at all: the middle of the handbook's sixteen. */
const USUAL = 60;

function usualMinutes(cards: readonly FaultCard[]): number {
  const sorted = cards.map((card) => card.minutes).toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? USUAL;
}
