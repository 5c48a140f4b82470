import { DAY, HOUR, type Instant, MINUTE, SECOND } from '#kernel/instant.ts';
import { type Language, type Params, translate } from './i18n.ts';
import { type FormatKey, formatMessages } from './messages.ts';

/** Everything that a page writes as date, duration, count or money, in both languages. Zone: Asia/Shanghai, UTC+8. */
const ZONE = 8 * HOUR;

/** `11月23日 周一 16:40`; another year than that of `now` is named. */
export function formatDateTime(at: Instant, now: Instant, language: Language): string {
  return `${formatDate(at, now, language)} ${formatTime(at)}`;
}

/** `11月23日 周一` · `Mon 23 Nov`. */
export function formatDate(at: Instant, now: Instant, language: Language): string {
  const { year, month, day, weekday } = civil(at);
  const say = sayIn(language);
  return say(year === civil(now).year ? 'date' : 'dateOfYear', {
    year,
    month: say(`month.${month}` as FormatKey),
    day,
    weekday: say(`weekday.${weekday}` as FormatKey),
  });
}

/** Words one after the other; `clauses` where they have commas of their own. */
export function formatList(
  words: readonly string[],
  language: Language,
  kind: 'words' | 'clauses' = 'words',
): string {
  return words.join(sayIn(language)(`list.${kind}`));
}

/** `16:40` */
export function formatTime(at: Instant): string {
  const { hour, minute } = civil(at);
  return `${pad(hour)}:${pad(minute)}`;
}

/** `今天 16:40` · `明天 09:00` · else the date: for promises read aloud. */
export function formatSoon(at: Instant, now: Instant, language: Language): string {
  const days = Math.floor((at + ZONE) / DAY) - Math.floor((now + ZONE) / DAY);
  const key = ({ '-1': 'yesterday', '0': 'today', '1': 'tomorrow' } as Readonly<Record<string, FormatKey>>)[
    String(days)
  ];
  const day = key === undefined ? formatDate(at, now, language) : sayIn(language)(key);
  return `${day} ${formatTime(at)}`;
}

/** Until when, read aloud: the end of a day is its `24:00`, not the next day's midnight (intervals are half-open). */
export function formatBy(dueAt: Instant, now: Instant, language: Language): string {
  return endingAt(dueAt, (at) => formatSoon(at, now, language));
}

/** A deadline beside others: `12月1日 周二 24:00`. */
export function formatDue(dueAt: Instant, now: Instant, language: Language): string {
  return endingAt(dueAt, (at) => formatDateTime(at, now, language));
}

function endingAt(dueAt: Instant, say: (at: Instant) => string): string {
  return (dueAt + ZONE) % DAY === 0 ? say(dueAt - MINUTE).replace('23:59', '24:00') : say(dueAt);
}

/** A span of time (ms, its sign ignored) in its two largest units: `2 小时 10 分`, `3 天 4 小时`, `35 分`. */
export function formatDuration(span: number, language: Language): string {
  const say = sayIn(language);
  const ms = Math.abs(span);
  if (ms < MINUTE) return say('span.under');
  const parts = [
    { count: Math.floor(ms / DAY), unit: say('span.day') },
    { count: Math.floor((ms % DAY) / HOUR), unit: say('span.hour') },
    { count: Math.floor((ms % HOUR) / MINUTE), unit: say('span.minute') },
  ];
  const first = parts.findIndex((part) => part.count > 0);
  return parts
    .slice(first, first + 2)
    .filter((part) => part.count > 0)
    .map((part) => `${part.count} ${part.unit}`)
    .join(' ');
}

/** `还剩 2 小时 10 分` · `已超 35 分`. */
export function formatTimeLeft(dueAt: Instant, now: Instant, language: Language): string {
  const say = sayIn(language);
  const over = now - dueAt;
  if (over >= 0 && over < MINUTE) return say('span.dueNow');
  return say(over < 0 ? 'span.left' : 'span.over', { span: formatDuration(over, language) });
}

/** A count, grouped by thousands. */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 }).format(value);
}

/** A share (0…1) with one decimal at most: `97.5%`. */
export function formatPercent(share: number): string {
  return `${new Intl.NumberFormat('en-US', { minimumFractionDigits: share === 1 || share === 0 ? 0 : 1, maximumFractionDigits: 1 }).format(share * 100)}%`;
}

/** Money in fen (1/100 yuan): `¥12,345.60`. */
export function formatYuan(fen: number): string {
  const digits = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${fen < 0 ? '−' : ''}¥${digits.format(Math.abs(fen) / 100)}`;
}

/** A duration on a stop watch, `m:ss`, for calls. */
export function formatStopwatch(ms: number): string {
  return `${Math.floor(ms / MINUTE)}:${pad(Math.floor((ms % MINUTE) / SECOND))}`;
}

type Civil = { year: number; month: number; day: number; weekday: number; hour: number; minute: number };

function civil(at: Instant): Civil {
  const shifted = new Date(at + ZONE);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}

function sayIn(language: Language) {
  return (key: FormatKey, params?: Params): string => translate(formatMessages, language, key, params);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
