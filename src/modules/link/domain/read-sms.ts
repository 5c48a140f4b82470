import type { SmsHazard, SmsWords } from '#modules/process/domain/index.ts';

/** What an SMS says that answers nothing of ours; `rest` and `digits` may name the place. */
export type SmsRead =
  | {
      readonly kind: 'hazard';
      readonly hazard: SmsHazard;
      readonly rest: string;
      readonly digits: string | null;
    }
  | {
      readonly kind: 'dark';
      /** He was told what is known and wants it reported all the same. */
      readonly insist: boolean;
      readonly rest: string;
      readonly digits: string | null;
    };

/** Fewer digits are a house number, not the end of an account. */
const ACCOUNT_DIGITS = /(?<!\d)\d{4,20}(?!\d)/g;
const MOBILE = /^1\d{10}$/;
const AROUND = /^[\s,，.。!！?？:：;；、~～了啊呀啦吧呢的]+|[\s,，.。!！?？:：;；、~～了啊呀啦吧呢的]+$/g;

/**
 * Reads the words of the handbook (`doors.yaml`, sms) in a text: a danger goes before everything, then missing supply. What only sounds
 * like one ("什么时候停电", "手机没电") is cut out first. Undefined: it is neither.
 */
export function readSms(text: string, words: SmsWords): SmsRead | undefined {
  const said = words.unless.reduce(cut, text.normalize('NFKC').toLowerCase());
  const found = words.hazards.find((one) => one.words.some((word) => said.includes(word)));
  const dark = words.dark.filter((word) => said.includes(word));
  const insists = words.insist.filter((word) => said.includes(word));
  if (found === undefined && dark.length === 0 && insists.length === 0) return undefined;
  const digits = said.match(ACCOUNT_DIGITS)?.find((one) => !MOBILE.test(one)) ?? null;
  const rest = [...words.dark, ...words.insist].reduce(cut, said).replaceAll(AROUND, '');
  if (found !== undefined) return { kind: 'hazard', hazard: found.hazard, rest, digits };
  return { kind: 'dark', insist: insists.length > 0, rest, digits };
}

function cut(text: string, words: string): string {
  return text.replaceAll(words, ' ');
}
