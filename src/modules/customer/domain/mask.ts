import type { Range } from './match-fragment.ts';

/**
 * Masking of personal data (domain rules §11.3, from GB/T 35273-2020 §7.2; design rule 2). Name, phone and number
 * masks keep the length of the text, so that a matched part can be shown in its place (`reveal`).
 */
export function maskName(name: string, kind: 'person' | 'organisation'): string {
  if (kind === 'organisation') return name;
  const characters = [...name];
  if (characters.length <= 2)
    return `${characters[0] ?? ''}${'*'.repeat(Math.max(0, characters.length - 1))}`;
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`;
}

/** 138****8000; shorter numbers keep their last four digits. */
export function maskPhone(phone: string): string {
  if (phone.length >= 11) return mask(phone, phone.length - 8, 4);
  return mask(phone, 0, Math.min(4, phone.length - 1));
}

/** `w***@163.com`: the first letter and where the mail goes. */
export function maskEmail(email: string): string {
  const at = email.indexOf('@');
  return `${email.slice(0, 1)}***${at < 0 ? '' : email.slice(at)}`;
}

/** The first four and the last three digits of an account or meter number. */
export function maskNumber(digits: string): string {
  return mask(digits, 4, 3);
}

/** Up to village or compound, then `***`. */
export function maskAddress(place: string): string {
  return `${place}***`;
}

/** Shows the part of a masked text that the reader typed himself. Both texts must have the same length. */
export function reveal(text: string, masked: string, range: Range | undefined): string {
  if (range === undefined || text.length !== masked.length) return masked;
  return masked.slice(0, range.from) + text.slice(range.from, range.to) + masked.slice(range.to);
}

function mask(text: string, head: number, tail: number): string {
  const hidden = text.length - head - tail;
  if (hidden <= 0) return '*'.repeat(text.length);
  return text.slice(0, head) + '*'.repeat(hidden) + (tail === 0 ? '' : text.slice(-tail));
}
