import type { Report } from './evidence.ts';

/**
 * Which incident of the last answer a new one continues: the one that most of its reports came from, or the one of the same device.
 * An order keeps its identity when the evidence moves its device; of two heirs the one that is asked first keeps it.
 */
export type Identity = {
  readonly idFor: (key: string, reports: readonly Report[]) => number;
  /** Ends an answer: what was given becomes what the next one continues. */
  readonly forget: () => void;
};

export function keepIdentity(): Identity {
  // By place of the report; 0: none. Typed, as an array filled here and there becomes a slow dictionary.
  let byReport = new Int32Array(0);
  let nextByReport = new Int32Array(0);
  let byKey = new Map<string, number>();
  let nextByKey = new Map<string, number>();
  const taken = new Set<number>();
  let last = 0;

  function idFor(key: string, reports: readonly Report[]): number {
    const id = heir(key, reports) ?? (last += 1);
    taken.add(id);
    nextByKey.set(key, id);
    for (const { place } of reports) {
      if (place >= nextByReport.length) nextByReport = withRoomFor(nextByReport, place);
      nextByReport[place] = id;
    }
    return id;
  }

  function heir(key: string, reports: readonly Report[]): number | undefined {
    const [only] = reports;
    const here = only === undefined ? byKey.get(key) : mostOf(reports);
    return here === undefined || here === 0 || taken.has(here) ? undefined : here;
  }

  function mostOf(reports: readonly Report[]): number {
    const [only] = reports;
    if (only !== undefined && reports.length === 1) return byReport[only.place] ?? 0;
    const votes = new Map<number, number>();
    for (const { place } of reports) {
      const before = byReport[place] ?? 0;
      if (before > 0 && !taken.has(before)) votes.set(before, (votes.get(before) ?? 0) + 1);
    }
    let [best, most] = [0, 0];
    for (const [id, count] of votes) if (count > most) [best, most] = [id, count];
    return best;
  }

  function forget(): void {
    [byReport, nextByReport] = [nextByReport, byReport.fill(0)];
    [byKey, nextByKey] = [nextByKey, new Map()];
    taken.clear();
  }

  return { idFor, forget };
}

function withRoomFor(numbers: Int32Array, place: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * place + 64);
  larger.set(numbers);
  return larger;
}
