import type { Refusal } from '#kernel/result.ts';

export type Language = 'zh' | 'en';

type Detail = NonNullable<Refusal['detail']>;

/** What each refusal of `dafuwu reliability` says: what is wrong, where, and how to mend it. */
const MESSAGES: Readonly<Record<string, Readonly<Record<Language, (detail: Detail) => string>>>> = {
  'reliability.bad-quote': {
    zh: () => '这一行的引号不成对。字段里的引号要写成两个。',
    en: () => 'The quotes of this line do not match. Write a quote inside a field twice.',
  },
  'reliability.missing-column': {
    zh: ({ column }) => `第一行没有列“${column}”。表头须有 start,end,customers。`,
    en: ({ column }) => `The first line has no column "${column}". The header needs start,end,customers.`,
  },
  'reliability.doubled-column': {
    zh: ({ column }) => `列“${column}”出现了两次。`,
    en: ({ column }) => `The column "${column}" occurs twice.`,
  },
  'reliability.too-many-values': {
    zh: ({ values, columns }) => `这一行有 ${values} 个值，表头只有 ${columns} 列。含逗号的字段要加引号。`,
    en: ({ values, columns }) =>
      `This line has ${values} values for ${columns} columns. Quote a field that holds a comma.`,
  },
  'reliability.missing-value': {
    zh: ({ column }) => `${column} 是空的。`,
    en: ({ column }) => `${column} is empty.`,
  },
  'reliability.bad-time': {
    zh: ({ column }) => `${column} 不是时间。写成当地时间，如 2026-07-03T08:30。`,
    en: ({ column }) => `${column} is not a time. Write local time such as 2026-07-03T08:30.`,
  },
  'reliability.ends-before-start': {
    zh: () => '结束早于开始。',
    en: () => 'It ends before it starts.',
  },
  'reliability.bad-customers': {
    zh: () => 'customers 应是不带符号的整数（至多九位）。',
    en: () => 'customers must be a whole number without sign (nine digits at most).',
  },
};

export function reliabilityMessage(refusal: Refusal, language: Language): string {
  return MESSAGES[refusal.refused]?.[language](refusal.detail ?? {}) ?? refusal.refused;
}
