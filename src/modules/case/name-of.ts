import type { LocalName } from './case-words-api.ts';

/** What the handbook calls something, by its id. */
export function nameOf(
  list: readonly { readonly id: string; readonly name: LocalName }[],
  id: string,
): LocalName {
  return list.find((one) => one.id === id)?.name ?? { zh: id, en: id };
}
