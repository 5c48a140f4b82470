import { DAY, HOUR, type Instant, MINUTE, SECOND } from '#kernel/instant.ts';
import { formatDate, parseDate } from '#modules/clock/domain/index.ts';

/** Times without an offset are Beijing time, UTC+8 the whole year. */
const ZONE = 8 * HOUR;

const DATE = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?/;
const TIME = /^[T\s]*(\d{1,2})\s*[:：时点]\s*(\d{1,2})\s*分?(?:[:：]?\s*(\d{1,2})(?:\.\d{1,9})?\s*秒?)?$/;
const OFFSET = /(?:Z|([+-])(\d{2}):?(\d{2}))$/;

/**
 * A time as these systems write it: `2026-11-24 08:30`, `2026/11/24 8:30:05`, `2026年11月24日8时30分`, or with an offset;
 * a date alone is its midnight. Undefined for anything else, the 30th of February too.
 */
export function readTime(text: string): Instant | undefined {
  const said = text.trim();
  const date = DATE.exec(said);
  if (date === null) return undefined;
  const [, year = '', month = '', day = ''] = date;
  const number = parseDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  const rest = said.slice(date[0].length);
  const offset = OFFSET.exec(rest);
  const time = timeOf(offset === null ? rest : rest.slice(0, offset.index));
  if (number === undefined || time === undefined) return undefined;
  return number * DAY + time - offsetOf(offset);
}

function timeOf(text: string): number | undefined {
  if (text.trim() === '') return 0;
  const match = TIME.exec(text.trim());
  if (match === null) return undefined;
  const [hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  return hour > 23 || minute > 59 || second > 59
    ? undefined
    : hour * HOUR + minute * MINUTE + second * SECOND;
}

function offsetOf(match: RegExpExecArray | null): number {
  if (match === null) return ZONE;
  const [, sign, hours, minutes] = match;
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
}

/** As these systems read it: `2026-11-24 08:30:00`, Beijing time. */
export function writeTime(at: Instant): string {
  const local = at + ZONE;
  const day = Math.floor(local / DAY);
  const time = [HOUR, MINUTE, SECOND].map((unit, i) =>
    String(Math.floor((local % DAY) / unit) % (i === 0 ? 24 : 60)).padStart(2, '0'),
  );
  return `${formatDate(day)} ${time.join(':')}`;
}
