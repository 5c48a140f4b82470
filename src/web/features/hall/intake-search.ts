/** The address of the counter names the draft; a household or a call in it begins one. */
export type IntakeSearch = {
  readonly draft?: string;
  readonly household?: string;
  readonly call?: string;
};

export function intakeSearch(search: Readonly<Record<string, unknown>>): IntakeSearch {
  const text = (key: string) => (typeof search[key] === 'string' ? { [key]: search[key] } : {});
  return { ...text('draft'), ...text('household'), ...text('call') };
}

/** Where Ctrl+K goes with a household: to the draft that is on the screen, where there is one. */
export function addressOf(householdId: string): string {
  const { pathname, search } = window.location;
  const draft = pathname === '/intake' ? new URLSearchParams(search).get('draft') : null;
  return `/intake?${new URLSearchParams({ ...(draft === null ? {} : { draft }), household: householdId })}`;
}
