import type { Instant } from '#kernel/instant.ts';
import { formatDate } from '#modules/clock/domain/index.ts';

/** Business days are counted in Asia/Shanghai, UTC+8 the whole year. */
const ZONE = 8 * 60 * 60 * 1000;

/**
 * The number people say on the phone: the day, then a running number, `26112300042`. Five digits are shown; a day
 * with more than 99,999 demands gets a longer number, never a repeated one.
 */
export function caseNumber(running: number, now: Instant): string {
  const days = Math.floor((now + ZONE) / 86_400_000);
  return `${yymmdd(days)}${String(running).padStart(5, '0')}`;
}

/** Days back in which the last digits alone are looked for: what people still talk about. */
const RECENT_DAYS = 14;
/** A number begins with yymmdd; whoever types fewer digits means the running number of the last days. */
const DAY_DIGITS = 6;

export type NumbersMeant = { readonly startingWith: string } | { readonly oneOf: readonly string[] };

/** Which case numbers somebody means who typed these digits: the beginning, or the running number alone (`42`). */
export function numbersMeant(typed: string, now: Instant): NumbersMeant | undefined {
  const digits = typed.trim();
  if (!/^\d{1,12}$/.test(digits)) return undefined;
  if (digits.length > DAY_DIGITS) return { startingWith: digits };
  const running = Number(digits);
  return {
    oneOf: Array.from({ length: RECENT_DAYS }, (_, back) => caseNumber(running, now - back * 86_400_000)),
  };
}

/** Days since 1970-01-01 as yymmdd. */
function yymmdd(days: number): string {
  return formatDate(days).slice(2).replaceAll('-', '');
}
