/** Where a fragment lies in a text: `[from, to)` in UTF-16 units. */
export type Range = { readonly from: number; readonly to: number };

/**
 * The first place where `fragment` stands in `text`, both normalised. A number is never cut at its front:
 * `3号楼` is found in `3号楼`, not in `13号楼`, for no clerk who types a house number means its tail.
 */
export function findFragment(text: string, fragment: string): Range | undefined {
  if (fragment === '') return undefined;
  let from = text.indexOf(fragment);
  while (from !== -1) {
    const cutsNumber = isAlphanumeric(text[from - 1]) && isAlphanumeric(fragment[0]);
    if (!cutsNumber) return { from, to: from + fragment.length };
    from = text.indexOf(fragment, from + 1);
  }
  return undefined;
}

function isAlphanumeric(character: string | undefined): boolean {
  return character !== undefined && /[a-z0-9]/.test(character);
}
