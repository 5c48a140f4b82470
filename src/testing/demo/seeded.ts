/** A stream of random numbers that is the same for the same seed and name on every machine. */
export type Random = {
  /** In [0, 1). */
  readonly next: () => number;
  /** An integer in [0, below). */
  readonly int: (below: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly chance: (probability: number) => boolean;
};

/** sfc32 (Chris Doty-Humphrey's small fast counter), started from a hash of seed and stream name. */
export function seeded(seed: number, stream: string): Random {
  let a = hash(`${seed}:${stream}:a`);
  let b = hash(`${seed}:${stream}:b`);
  let c = hash(`${seed}:${stream}:c`);
  let d = 1;
  function next(): number {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 0x1_0000_0000;
  }
  for (let i = 0; i < 12; i++) next();
  const int = (below: number) => Math.floor(next() * below);
  return {
    next,
    int,
    pick: <T>(list: readonly T[]) => {
      if (list.length === 0) throw new Error('nothing to pick from');
      return list[int(list.length)] as T;
    },
    chance: (probability) => next() < probability,
  };
}

/** 2024-01-01T00:00:00Z: the moment at which ids of the demonstration pretend to have been made. */
const IDS_BEGIN = 1_704_067_200_000;

/** UUIDv7 that come out the same for the same seed; like real ones they sort in the order they were made. */
export function seededIds(seed: number, stream: string): () => string {
  const random = seeded(seed, `ids:${stream}`);
  let made = 0;
  return () => {
    const time = (IDS_BEGIN + Math.floor(made / 0x1000)).toString(16).padStart(12, '0');
    const counter = (0x7000 | (made % 0x1000)).toString(16);
    made += 1;
    const high = (0x8000 | random.int(0x4000)).toString(16);
    const low =
      random.int(0x100_0000).toString(16).padStart(6, '0') +
      random.int(0x100_0000).toString(16).padStart(6, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-${counter}-${high}-${low}`;
  };
}

/** The `i`-th of `size` numbers in an order that looks random; no number comes twice while `i` is below `size`. */
export function scattered(i: number, size: number): string {
  // 7,368,787 is a prime and divides no power of ten, so the walk visits every number before it repeats.
  const value = (i * 7_368_787 + 1_299_709) % size;
  return String(value).padStart(String(size - 1).length, '0');
}

/** Shares `total` whole pieces out by weight; the pieces left over by rounding go to the largest remainders. */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  const rest = total - shares.reduce((a, b) => a + b, 0);
  const order = exact.map((value, i) => ({ i, left: value - Math.floor(value) }));
  for (const { i } of order.toSorted((a, b) => b.left - a.left || a.i - b.i).slice(0, rest)) {
    shares[i] = (shares[i] ?? 0) + 1;
  }
  return shares;
}

export function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (const character of text) h = Math.imul(h ^ (character.codePointAt(0) ?? 0), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
