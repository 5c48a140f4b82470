/**
 * SHA-256 (FIPS 180-4) of an ASCII text shorter than 56 characters, as eight 32-bit words. By hand, because a page on
 * plain HTTP has no `crypto.subtle`, and an asynchronous call a try would cost more than the hash.
 */
export function sha256(text: string): Uint32Array {
  const block = new Uint32Array(64);
  for (let i = 0; i < text.length; i++)
    block[i >> 2] = (block[i >> 2] ?? 0) | (text.charCodeAt(i) << (24 - (i % 4) * 8));
  block[text.length >> 2] = (block[text.length >> 2] ?? 0) | (0x80 << (24 - (text.length % 4) * 8));
  block[15] = text.length * 8;
  for (let i = 16; i < 64; i++) {
    const a = at(block, i - 15);
    const b = at(block, i - 2);
    const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    block[i] = at(block, i - 16) + s0 + at(block, i - 7) + s1;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let i = 0; i < 64; i++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (h + s1 + ((e & f) ^ (~e & g)) + at(ROUND, i) + at(block, i)) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return Uint32Array.from([a, b, c, d, e, f, g, h], (word, i) => word + (START[i] ?? 0));
}

const PRIMES = primes(64);
const START = PRIMES.slice(0, 8).map((p) => fraction(Math.sqrt(p))) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];
const ROUND = Uint32Array.from(PRIMES, (p) => fraction(Math.cbrt(p)));

/** The first 32 bits after the point. */
function fraction(value: number): number {
  return ((value - Math.floor(value)) * 2 ** 32) | 0;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function at(words: Uint32Array, i: number): number {
  return words[i] ?? 0;
}
