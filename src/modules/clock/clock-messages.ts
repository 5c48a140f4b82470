import type { Refusal } from '#kernel/result.ts';

export type Language = 'zh' | 'en';

type Detail = NonNullable<Refusal['detail']>;

/** What each refusal of the clock says: what is wrong, where, and how to mend it. */
const MESSAGES: Readonly<Record<string, Readonly<Record<Language, (detail: Detail) => string>>>> = {
  'clock.bad-json': {
    zh: () => '这一行不是 JSON。每行写一个 {"id", "op", "calendar", "input"}。',
    en: () => 'This line is not JSON. Write one {"id", "op", "calendar", "input"} a line.',
  },
  'clock.bad-encoding': {
    zh: () => '这一行不是 UTF-8 编码。请把文件另存为 UTF-8。',
    en: () => 'This line is not UTF-8. Save the file as UTF-8.',
  },
  'clock.line-too-long': {
    zh: () => '这一行超过 16 MB。',
    en: () => 'This line is longer than 16 MB.',
  },
  'clock.bad-request': {
    zh: () => '这一行应是对象 {"id", "op", "calendar", "input"}。',
    en: () => 'This line must be an object {"id", "op", "calendar", "input"}.',
  },
  'clock.bad-id': {
    zh: () => 'id 应是文字或数字。',
    en: () => 'id must be a string or a number.',
  },
  'clock.unknown-op': {
    zh: ({ op }) => `没有运算“${op}”。可用的见 dafuwu clock --help。`,
    en: ({ op }) => `There is no op "${op}". dafuwu clock --help lists them.`,
  },
  'clock.unknown-calendar': {
    zh: ({ name }) => `没有日历“${name}”。可用 cn、hall、office,或写成对象。`,
    en: ({ name }) => `There is no calendar "${name}". Use cn, hall, office, or an object.`,
  },
  'clock.bad-calendar': {
    zh: ({ at, fault }) => `日历的 ${at} 不对：${CALENDAR_FAULTS[String(fault)]?.zh ?? fault}。`,
    en: ({ at, fault }) => `The calendar's ${at} is wrong: ${CALENDAR_FAULTS[String(fault)]?.en ?? fault}.`,
  },
  'clock.bad-input': {
    zh: ({ member }) => `input 的 ${member} 不对：${INPUTS[String(member)]?.zh ?? '缺少或格式不对'}。`,
    en: ({ member }) =>
      `input.${member} is wrong: ${INPUTS[String(member)]?.en ?? 'missing or of a wrong form'}.`,
  },
  'clock.bad-pause': {
    zh: () => '有一段暂停的结束早于开始。',
    en: () => 'A pause ends before it begins.',
  },
  'clock.open-pause-backwards': {
    zh: () => '倒排时限不能有未结束的暂停。',
    en: () => 'A limit counted backwards cannot have an open pause.',
  },
  'clock.no-working-time': {
    zh: () => '这个日历十年内没有工作时间，请检查日历。',
    en: () => 'This calendar has no working time within ten years; check the calendar.',
  },
  'clock.out-of-range': {
    zh: () => '结果超出 1900 至 2199 年。',
    en: () => 'The result lies outside the years 1900 to 2199.',
  },
};

const CALENDAR_FAULTS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  missing: { zh: '缺少', en: 'missing' },
  'not-an-object': { zh: '应是对象', en: 'must be an object' },
  'not-a-list': { zh: '应是列表', en: 'must be a list' },
  'unknown-member': { zh: '没有这一项', en: 'no such member' },
  'unknown-zone': {
    zh: '没有这个时区，例如 Asia/Shanghai',
    en: 'no such time zone; for example Asia/Shanghai',
  },
  'unknown-weekday': { zh: '星期应写 mon 至 sun', en: 'weekdays are mon to sun' },
  'two-kinds-of-hours': {
    zh: 'weekly 与 hours_on_working_days 只能有一个',
    en: 'give weekly or hours_on_working_days, not both',
  },
  'no-hours': { zh: '缺 weekly 或 hours_on_working_days', en: 'weekly or hours_on_working_days is missing' },
  'not-a-time': {
    zh: '时段应写 ["08:30","12:00"],00:00 至 24:00',
    en: 'a shift is ["08:30","12:00"], within 00:00 to 24:00',
  },
  'empty-shift': { zh: '时段的开始与结束相同', en: 'a shift begins and ends at the same time' },
  'not-a-date': {
    zh: '有的日期不存在或格式不对（2026-05-01、*-12-25）',
    en: 'not a date (2026-05-01, *-12-25)',
  },
  'not-an-instant': {
    zh: '有的时刻不存在或缺时差（2026-05-01T09:00:00+08:00）',
    en: 'not an instant with offset (2026-05-01T09:00:00+08:00)',
  },
  'ends-before-it-begins': { zh: '有一段的结束早于开始', en: 'a stretch ends before it begins' },
};

const INSTANT = {
  zh: '应是 1900 至 2199 年的时刻，带时差，如 2026-09-18T16:00:00+08:00',
  en: 'must be an instant with offset, 1900 to 2199, like 2026-09-18T16:00:00+08:00',
};

const INPUTS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  start: INSTANT,
  from: INSTANT,
  to: { zh: `${INSTANT.zh}，相距不超过一百年`, en: `${INSTANT.en}, at most a hundred years away` },
  at: INSTANT,
  input: { zh: '缺少', en: 'missing' },
  date: {
    zh: '应是 1900 至 2199 年的日期，如 2026-09-18',
    en: 'must be a date, 1900 to 2199, like 2026-09-18',
  },
  seconds: { zh: '应是数字，不超过一百年', en: 'must be a number of at most a hundred years' },
  working_days: { zh: '应是整数，不超过 36525', en: 'must be an integer of at most 36525' },
  limit: {
    zh: '应写成 45min、24h、7cd、5wd 或 6bh，前加减号为倒排，不超过十年',
    en: 'must look like 45min, 24h, 7cd, 5wd or 6bh, with a minus to count backwards, at most ten years',
  },
  pauses: {
    zh: '应是至多 10000 段 {"from", "to"}，时刻带时差，to 可为 null',
    en: 'must be at most 10000 of {"from", "to"}: instants with offset, to may be null',
  },
  cutoff: { zh: '只能是 "close" 或 "midnight"', en: 'must be "close" or "midnight"' },
};

export function clockMessage({ refused, detail }: Refusal, language: Language): string {
  return MESSAGES[refused]?.[language](detail ?? {}) ?? refused;
}
