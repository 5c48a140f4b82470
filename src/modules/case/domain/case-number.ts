import type { Instant } from '#kernel/instant.ts';

/** Business days are counted in Asia/Shanghai, UTC+8 the whole year. */
const ZONE = 8 * 60 * 60 * 1000;

/**
 * The number people say on the phone: the day, then a running number, `26112300042`. Five digits are shown; a day
 * with more than 99,999 demands gets a longer number, never a repeated one.
 */
export function caseNumber(running: number, now: Instant): string {
  const days = Math.floor((now + ZONE) / 86_400_000);
  return `${civil(days)}${String(running).padStart(5, '0')}`;
}

/** Days since 1970-01-01 as yymmdd (Hinnant's civil_from_days). */
function civil(days: number): string {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return [year % 100, month, day].map((part) => String(part).padStart(2, '0')).join('');
}
