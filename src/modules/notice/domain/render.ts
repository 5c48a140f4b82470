import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';

export type Language = 'zh' | 'en';
export type MessageData = Readonly<Record<string, string | number | boolean>>;

/** What an id means in words: `names('limit', 'R021', 'zh')`; undefined where nothing is known of it. */
export type Names = (kind: string, id: string, language: Language) => string | undefined;

/** Business zone: Asia/Shanghai, UTC+8 since 1991. */
const ZONE = 8 * HOUR;
const WEEKDAYS = { zh: '日一二三四五六', en: 'SunMonTueWedThuFriSat' } as const;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Fills the placeholders of a text. One that nothing is known of becomes `—`, so that no message is lost for a word. */
export function render(text: string, data: MessageData, names: Names, language: Language): string {
  return text.replaceAll(/\{(\w+)(?:\|(\w+))?\}/g, (_, field: string, kind: string | undefined) => {
    const value = data[field];
    if (value === undefined) return '—';
    if (kind === undefined) return String(value);
    if (kind === 'time') return formatInstant(Number(value), language);
    if (kind === 'by') return formatEnd(Number(value), language);
    return names(kind, String(value), language) ?? String(value);
  });
}

/** `11月23日 周一 16:40`, as Chinese offices write it; `Mon 23 Nov 16:40`. */
export function formatInstant(at: Instant, language: Language): string {
  const days = Math.floor((at + ZONE) / DAY);
  const { month, day } = civilOf(days);
  const minutes = Math.floor((at + ZONE - days * DAY) / MINUTE);
  const time = `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  // 1970-01-01 was a Thursday.
  const weekday = (((days + 4) % 7) + 7) % 7;
  if (language === 'zh') return `${month}月${day}日 周${WEEKDAYS.zh[weekday]} ${time}`;
  const name = WEEKDAYS.en.slice(weekday * 3, weekday * 3 + 3);
  return `${name} ${day} ${MONTHS.slice(month * 3 - 3, month * 3)} ${time}`;
}

/** Until when: intervals are half-open, and the end of a day is read as its `24:00`. */
export function formatEnd(at: Instant, language: Language): string {
  if ((at + ZONE) % DAY !== 0) return formatInstant(at, language);
  return formatInstant(at - MINUTE, language).replace('23:59', '24:00');
}

/** Month and day of the proleptic Gregorian calendar (H. Hinnant, "chrono-compatible low-level date algorithms"). */
function civilOf(days: number): { readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return { month: shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9, day };
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
