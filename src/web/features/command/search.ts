/** What the address of the page keeps: which order is open, what the list shows, by which words. */
export const SHOWN = ['all', 'waiting', 'dark', 'telling'] as const;
export type Shown = (typeof SHOWN)[number];
export type CommandSearch = {
  readonly order?: string | undefined;
  readonly show?: Shown | undefined;
  readonly words?: string | undefined;
};

export function commandSearch(search: Record<string, unknown>): CommandSearch {
  const text = (name: string) =>
    typeof search[name] === 'string' && search[name] !== '' ? search[name] : undefined;
  return {
    order: text('order'),
    show: SHOWN.find((one) => one === search['show']),
    words: text('words'),
  };
}
