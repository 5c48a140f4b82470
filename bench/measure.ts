import { appendFileSync } from 'node:fs';

/** Runs `work` over and over by so many clients at once; answers how often a second. A failure ends the measurement. */
export async function inParallel(
  clients: number,
  seconds: number,
  work: () => Promise<unknown>,
): Promise<number> {
  const begun = performance.now();
  const end = begun + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        await work();
        done += 1;
      }
    }),
  );
  return (done * 1000) / (performance.now() - begun);
}

/** Begins `work` so many times a second, whether or not earlier ones are answered; answers how long each took (ms). */
export async function at(
  perSecond: number,
  seconds: number,
  work: () => Promise<unknown>,
): Promise<readonly number[]> {
  const begun = performance.now();
  const waits: Promise<number>[] = [];
  for (let i = 0; i < perSecond * seconds; i++) {
    const due = begun + (i * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    // Counted from the moment it should have begun: a stalled program does not hide behind its own stall.
    waits.push(work().then(() => performance.now() - due));
  }
  return await Promise.all(waits);
}

export function best(rates: readonly number[]): number {
  return Math.max(...rates);
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

/** Prints what was measured, and keeps it where `npm run bench` collects everything. */
export function record(name: string, lines: readonly string[]): void {
  for (const line of lines) console.log(line);
  const file = process.env['BENCH_RECORD'];
  if (file !== undefined) appendFileSync(file, lines.map((line) => `${name}\t${line}\n`).join(''));
}
