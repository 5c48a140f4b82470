/** Arrival limits differ by where a household lies (R-limits of repair: city, rural, remote). */
const AREA_CLASSES = ['city', 'rural', 'remote'] as const;
export type AreaClass = (typeof AREA_CLASSES)[number];

/** What the electricity is used for; decides the tariff family (domain rules §7.4–7.6). */
const USE_CLASSES = ['residential', 'commercial', 'industrial', 'agricultural', 'public'] as const;
export type UseClass = (typeof USE_CLASSES)[number];

/** Price families: one household one meter, shared meter, farming, and commerce single-part or two-part. */
const TARIFFS = [
  'residential-tiered',
  'residential-shared',
  'agricultural',
  'commercial-single',
  'commercial-two-part',
] as const;
export type Tariff = (typeof TARIFFS)[number];

const VOLTAGES = ['220V', '380V', '10kV', '35kV'] as const;
export type Voltage = (typeof VOLTAGES)[number];

/** Important users (GB/T 29328-2018, domain rules §7.1). */
const IMPORTANT_GRADES = ['special', 'first', 'second', 'temporary'] as const;
export type ImportantGrade = (typeof IMPORTANT_GRADES)[number];

/** Thresholds of a key account; the company may set its own (domain rules §7.3, confidence D). */
export type KeyAccountPolicy = { readonly capacityKva: number; readonly yearlyKwh: number };
export const KEY_ACCOUNT_POLICY: KeyAccountPolicy = { capacityKva: 1000, yearlyKwh: 3_000_000 };

export type KeyAccountFacts = {
  readonly capacityKva: number;
  readonly yearlyKwh: number | null;
  readonly voltage: Voltage;
  readonly governmentProject: boolean;
};

/** Why a household is a key account with a manager of its own; empty when it is none. */
export function keyAccountReasons(
  facts: KeyAccountFacts,
  policy: KeyAccountPolicy,
): readonly ('capacity' | 'energy' | 'voltage' | 'government-project')[] {
  return [
    ...(facts.capacityKva >= policy.capacityKva ? (['capacity'] as const) : []),
    ...(facts.yearlyKwh !== null && facts.yearlyKwh >= policy.yearlyKwh ? (['energy'] as const) : []),
    ...(facts.voltage === '35kV' ? (['voltage'] as const) : []),
    ...(facts.governmentProject ? (['government-project'] as const) : []),
  ];
}

/**
 * The price family of a connection. Commerce and industry from 315 kVA on pays the two-part tariff; between 100 and
 * 315 kVA the customer chooses, and single-part is what he has until he does (domain rules §7.6).
 */
export function tariffOf(use: UseClass, capacityKva: number): Tariff {
  if (use === 'residential') return 'residential-tiered';
  if (use === 'agricultural') return 'agricultural';
  return capacityKva >= 315 ? 'commercial-two-part' : 'commercial-single';
}

/**
 * Numbers of the demonstration: mobile segments that no operator had been given (154, 164), so that no invented
 * household carries the number of a living person. Nothing may ever be sent to one.
 */
export function isFictionalPhone(phone: string): boolean {
  return /^1[56]4\d{8}$/.test(phone);
}
