import type { Instant } from '#kernel/instant.ts';

/** A line of a head-end as it came. */
export type MeterLineGiven = {
  readonly id?: string;
  readonly meter?: string;
  readonly device?: string;
  readonly kind: 'last_gasp' | 'power_up' | 'ping_on' | 'ping_off' | 'ping_silent' | 'open' | 'closed';
  readonly at: Instant;
};

export type MeterFacts = {
  readonly meters: ReadonlyMap<string, { readonly meterId: string; readonly householdId: string }>;
  readonly devices: ReadonlyMap<string, string>;
  /** When a meter said last that it has supply. */
  readonly lastOn: ReadonlyMap<string, Instant>;
  /** When a device said last how it stands. */
  readonly lastState: ReadonlyMap<string, Instant>;
};

export type MeterPolicy = {
  /** Clocks of meters may be fast by so much. */
  readonly fast: number;
  /** What happened longer ago says nothing of now. */
  readonly oldest: number;
};

export type JudgedLine =
  | {
      readonly outcome: 'taken' | 'overtaken';
      readonly source: 'last_gasp' | 'telemetry' | 'ping';
      readonly key: string;
      readonly says: 'off' | 'on' | 'silent' | 'open' | 'closed';
      readonly meterId: string | null;
      readonly householdId: string | null;
      readonly deviceId: string | null;
      readonly at: Instant;
    }
  | { readonly outcome: 'from-future' | 'too-old' | 'unknown-meter' | 'unknown-device' | 'unfit' };

const SAYS = {
  last_gasp: 'off',
  power_up: 'on',
  ping_on: 'on',
  ping_off: 'off',
  ping_silent: 'silent',
  open: 'open',
  closed: 'closed',
} as const;

/**
 * What each line is worth. Meters speak late and out of order: a last gasp from before the meter's own word that it has supply is kept and
 * is no evidence, and so is how a device stood before its latest word. What has no name of its own is known by meter, kind and moment, so that a repeated one is not doubled.
 */
export function judgeMeterLines(
  lines: readonly MeterLineGiven[],
  facts: MeterFacts,
  policy: MeterPolicy,
  now: Instant,
): readonly JudgedLine[] {
  const lastOn = new Map(facts.lastOn);
  const lastState = new Map(facts.lastState);
  for (const { meter, device, kind, at } of lines) {
    if (at > now + policy.fast) continue;
    if (meter !== undefined && SAYS[kind] === 'on') keepLatest(lastOn, meter, at);
    if (device !== undefined && isOfDevice(kind)) keepLatest(lastState, device, at);
  }
  return lines.map((line) => judgeLine(line, { ...facts, lastOn, lastState }, policy, now));
}

function keepLatest(latest: Map<string, Instant>, subject: string, at: Instant): void {
  latest.set(subject, Math.max(at, latest.get(subject) ?? at));
}

function isOfDevice(kind: MeterLineGiven['kind']): boolean {
  return kind === 'open' || kind === 'closed';
}

function judgeLine(line: MeterLineGiven, facts: MeterFacts, policy: MeterPolicy, now: Instant): JudgedLine {
  const { meter, device, kind, at } = line;
  const ofDevice = isOfDevice(kind);
  const subject = ofDevice ? device : meter;
  if (subject === undefined || (meter !== undefined && device !== undefined)) return { outcome: 'unfit' };
  if (at > now + policy.fast) return { outcome: 'from-future' };
  if (at < now - policy.oldest) return { outcome: 'too-old' };
  const key = line.id ?? `${subject} ${kind} ${at}`;
  const source = ofDevice ? 'telemetry' : kind === 'last_gasp' ? 'last_gasp' : 'ping';
  const said = { source, key, says: SAYS[kind], at: Math.min(at, now) } as const;
  if (ofDevice) {
    const deviceId = facts.devices.get(subject);
    if (deviceId === undefined) return { outcome: 'unknown-device' };
    const overtaken = (facts.lastState.get(subject) ?? -Infinity) > at;
    return {
      outcome: overtaken ? 'overtaken' : 'taken',
      ...said,
      deviceId,
      meterId: null,
      householdId: null,
    };
  }
  const known = facts.meters.get(subject);
  if (known === undefined) return { outcome: 'unknown-meter' };
  const overtaken = said.says !== 'on' && (facts.lastOn.get(subject) ?? -Infinity) > at;
  return { outcome: overtaken ? 'overtaken' : 'taken', ...said, ...known, deviceId: null };
}
