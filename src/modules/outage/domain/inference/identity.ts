import type { Name } from './network.ts';

/**
 * Which incident of the last answer a new one continues: the one that most of its reports came from, or the one of the same device.
 * An order keeps its identity when the evidence moves its device; of two heirs the larger one keeps it.
 */
export function keepIdentity(): {
  readonly idFor: (place: string, reports: readonly { readonly id: Name }[]) => number;
  readonly forget: () => void;
} {
  let byReport = new Map<Name, number>();
  let byPlace = new Map<string, number>();
  let nextByReport = new Map<Name, number>();
  let nextByPlace = new Map<string, number>();
  let taken = new Set<number>();
  let last = 0;

  function idFor(place: string, reports: readonly { readonly id: Name }[]): number {
    const [only] = reports;
    // The usual case by far, in a storm of lone calls.
    const id = only !== undefined && reports.length === 1 ? heirOf(only.id) : heirOfMany(place, reports);
    taken.add(id);
    nextByPlace.set(place, id);
    for (const report of reports) nextByReport.set(report.id, id);
    return id;
  }

  function heirOf(report: Name): number {
    const before = byReport.get(report);
    return before === undefined || taken.has(before) ? (last += 1) : before;
  }

  function heirOfMany(place: string, reports: readonly { readonly id: Name }[]): number {
    const votes = new Map<number, number>();
    for (const { id } of reports) {
      const before = byReport.get(id);
      if (before !== undefined) votes.set(before, (votes.get(before) ?? 0) + 1);
    }
    const here = byPlace.get(place);
    if (here !== undefined && reports.length === 0) votes.set(here, 1);
    const heirs = [...votes].filter(([id]) => !taken.has(id)).toSorted((a, b) => b[1] - a[1] || a[0] - b[0]);
    return heirs[0]?.[0] ?? (last += 1);
  }

  function forget(): void {
    [byReport, byPlace, taken] = [nextByReport, nextByPlace, new Set()];
    [nextByReport, nextByPlace] = [new Map(), new Map()];
  }

  return { idFor, forget };
}
