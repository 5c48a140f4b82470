import { createHmac, randomBytes } from 'node:crypto';

// RFC 6238 as every authenticator app has it: SHA-1, six digits, thirty seconds.

const STEP_MS = 30_000;
const DIGITS = 6;
/** A phone whose clock is a little off: the step before and the one after count too. */
const AROUND = 1;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 160 bits in base 32, as an app takes them by hand. */
export function newSecret(): string {
  const bits = [...randomBytes(20)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
}

/** The code of one step of thirty seconds. */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The step whose code this is, later than the last one that was used; undefined: wrong, old, or used before. */
export function stepOfCode(
  secret: string,
  code: string,
  at: { readonly now: number; readonly lastStep: number },
): number | undefined {
  const here = Math.floor(at.now / STEP_MS);
  for (let step = here - AROUND; step <= here + AROUND; step += 1)
    if (step > at.lastStep && codeAt(secret, step) === code) return step;
  return undefined;
}

/** What an app reads, as a link or a picture. */
export function otpauthOf(secret: string, of: { readonly company: string; readonly login: string }): string {
  const label = `${encodeURIComponent(of.company)}:${encodeURIComponent(of.login)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(of.company)}`;
}

function bytesOf(secret: string): Buffer {
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
