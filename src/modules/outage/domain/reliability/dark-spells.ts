import type { Instant } from '#kernel/instant.ts';

/** Customers that always lose and regain supply together (a meter box, a special transformer). */
export type CustomerGroup = {
  readonly id: string;
  readonly customers: number;
  readonly town: string;
  readonly feeder: string;
};

/** One interruption as it was recorded, with the times of each group: supply comes back by groups, not by devices. */
export type Interruption = {
  readonly id: string;
  readonly cause: string;
  readonly planned: boolean;
  readonly groups: readonly { readonly group: string; readonly from: Instant; readonly to: Instant }[];
};

/**
 * A group without supply, from its first dark instant to its last, however many interruptions were nested or overlapped in it.
 * The spell counts once and belongs to the interruption that began it; the others are named.
 */
export type DarkSpell = {
  readonly group: CustomerGroup;
  readonly from: Instant;
  readonly to: Instant;
  readonly began: Interruption;
  readonly interruptions: readonly string[];
};

type Piece = { readonly from: Instant; readonly to: Instant; readonly of: Interruption };

/**
 * The dark spells of the groups given, in order of their beginning. Touching pieces are one spell: a customer who was dark at the
 * instant of the change has not been supplied in between. Pieces of unknown groups are left out, empty ones too.
 */
export function darkSpells(
  interruptions: readonly Interruption[],
  groups: readonly CustomerGroup[],
): readonly DarkSpell[] {
  const pieces = piecesByGroup(interruptions);
  return groups
    .flatMap((group) => uniteSpells(group, pieces.get(group.id) ?? []))
    .toSorted((a, b) => a.from - b.from || compare(a.group.id, b.group.id));
}

function piecesByGroup(interruptions: readonly Interruption[]): ReadonlyMap<string, readonly Piece[]> {
  const pieces = new Map<string, Piece[]>();
  for (const of of interruptions) {
    for (const { group, from, to } of of.groups) {
      if (to <= from) continue;
      const known = pieces.get(group) ?? [];
      pieces.set(group, known);
      known.push({ from, to, of });
    }
  }
  return pieces;
}

function uniteSpells(group: CustomerGroup, pieces: readonly Piece[]): DarkSpell[] {
  const ordered = pieces.toSorted((a, b) => a.from - b.from || b.to - a.to || compare(a.of.id, b.of.id));
  const spells: { from: Instant; to: Instant; began: Interruption; ids: Set<string> }[] = [];
  for (const { from, to, of } of ordered) {
    const last = spells.at(-1);
    if (last === undefined || from > last.to) spells.push({ from, to, began: of, ids: new Set([of.id]) });
    else {
      last.to = Math.max(last.to, to);
      last.ids.add(of.id);
    }
  }
  return spells.map(({ ids, ...spell }) => ({ ...spell, group, interruptions: [...ids].toSorted() }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
