import { refuse, type Refusal } from '#kernel/result.ts';
import {
  type DayNumber,
  dayNumber,
  daysInMonth,
  FIRST_DAY,
  formatDate,
  LAST_DAY,
  weekday,
} from './local-date.ts';
import type { CalendarYear, NoticeDay } from './working-days.ts';

/** A day that a sentence of a notice makes free or a working day. */
export type ParsedDay = Pick<NoticeDay, 'date' | 'isOffDay'>;

const DATE = String.raw`(?:(?:(\d{4})年)?(\d{1,2})月)?(\d{1,2})日`;
const NAMED = '(?:@([一二三四五六日]))?';
const RANGE = new RegExp(String.raw`${DATE}${NAMED}(?:\s*(?:至|到|—+|–|-|~)\s*${DATE}${NAMED})?`, 'g');
const ASIDE = /\([^()]*\)/g;
const WEEKDAYS = '一二三四五六日';

/**
 * A pasted notice of the State Council (`一、元旦:1月1日(周四)至3日放假…`) as a year of days, ready for a dry run. Refusals:
 * `clock.notice-without-year`, `clock.notice-without-days`, `clock.notice-bad-date` (`text`),
 * `clock.notice-wrong-weekday` (`date`: the notice calls it another weekday, so one of the two is mistyped).
 */
export function parseNotice(text: string, paper: string): CalendarYear | Refusal {
  const year = Number(/(\d{4})年(?:部分)?节假日/.exec(text)?.[1] ?? Number.NaN);
  if (Number.isNaN(year)) return refuse('clock.notice-without-year');
  const days: NoticeDay[] = [];
  for (const line of text.normalize('NFKC').split(/\r?\n/)) {
    const found = /^\s*[一二三四五六七八九十]+、\s*([^:]{1,30}):(.+)$/.exec(line);
    if (found === null) continue;
    const sentence = parseNoticeSentence(found[2] ?? '', year);
    if ('refused' in sentence) return sentence;
    days.push(...sentence.map((day) => ({ name: (found[1] ?? '').trim(), ...day })));
  }
  if (days.length === 0) return refuse('clock.notice-without-days', { year });
  return { year, papers: [paper], days };
}

/**
 * The days of one sentence, e.g. `10月1日至7日放假调休,共7天。9月28日(星期日)上班。` `year` is the year of the notice; the
 * sentence names a year itself only where it is another. Empty when it names no day. Refusals as `parseNotice`.
 */
export function parseNoticeSentence(text: string, year: number): readonly ParsedDay[] | Refusal {
  const read = dateReader(year);
  const off = new Set<DayNumber>();
  const work = new Set<DayNumber>();
  // Full-width brackets, commas and colons become the plain ones.
  for (const clause of outsideAsides(text.normalize('NFKC'))) {
    const [before, after] = clause.split('调至');
    const days = read(before ?? '');
    if (!Array.isArray(days)) return days;
    if (after !== undefined) {
      // 「9月27日公休日调至9月29日」: the first becomes a working day, the second is free.
      const free = read(after);
      if (!Array.isArray(free)) return free;
      for (const day of days) work.add(day);
      for (const day of free) off.add(day);
    } else if (clause.includes('上班')) for (const day of days) work.add(day);
    else if (/放假|补休|公休|法定/.test(clause)) for (const day of days) off.add(day);
  }
  return [
    ...[...off].map((day) => ({ date: formatDate(day), isOffDay: true })),
    ...[...work].filter((day) => !off.has(day)).map((day) => ({ date: formatDate(day), isOffDay: false })),
  ];
}

/** Clauses; commas within brackets do not end one, and brackets keep only a weekday, which is checked. */
function outsideAsides(text: string): readonly string[] {
  const plain = text.replace(ASIDE, (aside) => {
    const named = /(?:星期|周)([一二三四五六日天])/.exec(aside)?.[1];
    return named === undefined ? '' : `@${named === '天' ? '日' : named}`;
  });
  return plain.split(/[,。;]/);
}

type ReadDates = (text: string) => DayNumber[] | Refusal;

/** Reads dates and ranges in the order of the sentence: what a date leaves out, the one before it says. */
function dateReader(year: number): ReadDates {
  let last: DayNumber | undefined;

  function resolve(y: string | undefined, m: string | undefined, d: string): DayNumber | undefined {
    const date = Number(d);
    if (m === undefined) {
      if (last === undefined) return undefined;
      const [lastYear = 0, lastMonth = 0] = formatDate(last).split('-').map(Number);
      return valid(lastYear, lastMonth, date);
    }
    if (y !== undefined || last === undefined) return valid(Number(y ?? year), Number(m), date);
    // 「2007年12月30日—2008年1月1日 … 12月29日上班」: the nearest one is meant.
    const near = last;
    const [lastYear = 0] = formatDate(near).split('-').map(Number);
    return [lastYear - 1, lastYear, lastYear + 1]
      .flatMap((one) => valid(one, Number(m), date) ?? [])
      .toSorted((a, b) => Math.abs(a - near) - Math.abs(b - near))[0];
  }

  return (text) => {
    const days: DayNumber[] = [];
    for (const found of text.matchAll(RANGE)) {
      const [whole, y1, m1, d1 = '', named1, y2, m2, d2, named2] = found;
      const from = resolve(y1, m1, d1);
      if (from === undefined) return refuse('clock.notice-bad-date', { text: whole });
      last = from;
      const to = d2 === undefined ? from : resolve(y2, m2, d2);
      if (to === undefined || to < from || to - from > 31)
        return refuse('clock.notice-bad-date', { text: whole });
      last = to;
      const wrong = misnamed(from, named1) ?? misnamed(to, named2);
      if (wrong !== undefined) return wrong;
      for (let day = from; day <= to; day += 1) days.push(day);
    }
    return days;
  };
}

/** A day that the notice calls another weekday: one of the two is mistyped. */
function misnamed(day: DayNumber, named: string | undefined): Refusal | undefined {
  if (named === undefined || WEEKDAYS[weekday(day)] === named) return undefined;
  return refuse('clock.notice-wrong-weekday', { date: formatDate(day), named });
}

function valid(year: number, month: number, date: number): DayNumber | undefined {
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return undefined;
  const day = dayNumber(year, month, date);
  return day < FIRST_DAY || day > LAST_DAY ? undefined : day;
}
