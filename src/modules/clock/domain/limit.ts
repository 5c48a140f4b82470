import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';

/**
 * A limit: `45min`, `24h` natural time; `7cd` calendar days; `5wd` working days; `6bh` business hours.
 * `back`: a lead time, counted backwards from its start (domain-rules §12.3).
 */
export type Limit = {
  readonly value: number;
  readonly unit: 'min' | 'h' | 'cd' | 'wd' | 'bh';
  readonly back: boolean;
};

/** A limit of more than ten years is a slip of the pen. */
const LONGEST = { min: 5_256_000, h: 87_600, cd: 3650, wd: 3650, bh: 87_600 } as const;

/** Undefined for anything that is no limit. Days are whole; minutes and hours may have decimals (`1.5h`). */
export function parseLimit(text: string): Limit | undefined {
  const found = /^(-?)(\d{1,7}(?:\.\d{1,3})?)(min|h|cd|wd|bh)$/.exec(text);
  if (found === null) return undefined;
  const value = Number(found[2]);
  const unit = found[3] as Limit['unit'];
  if (value > LONGEST[unit] || (isByDay(unit) && !Number.isInteger(value))) return undefined;
  return { value, unit, back: found[1] === '-' };
}

/** A deadline that was arranged: `until:` and the instant. What the clock of it counts ends there, whenever it began. */
export function untilText(at: Instant): string {
  return `until:${at}`;
}

export function isArranged(text: string | undefined): text is string {
  return text?.startsWith('until:') === true;
}

/** The limit of a clock that began at `start`; undefined for anything that is none. */
export function limitFrom(text: string, start: Instant): Limit | undefined {
  const found = /^until:(\d{1,15})$/.exec(text);
  if (found === null) return parseLimit(text);
  return { value: Math.max(0, Number(found[1]) - start) / MINUTE, unit: 'min', back: false };
}

export function isByDay(unit: Limit['unit']): unit is 'cd' | 'wd' {
  return unit === 'cd' || unit === 'wd';
}

/** The whole of a limit in counted milliseconds; a day is 24 hours. */
export function limitSpan({ value, unit }: Limit): number {
  if (isByDay(unit)) return value * DAY;
  return Math.round(value * (unit === 'min' ? MINUTE : HOUR));
}
