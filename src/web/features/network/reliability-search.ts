const DIVISIONS = ['byCause', 'byTown', 'byFeeder'] as const;

/** What the page of reliability shows: a year, with or without its major event days, the interruptions of one line. */
export type ReliabilitySearch = {
  readonly year?: number | undefined;
  readonly major?: boolean | undefined;
  readonly of?: (typeof DIVISIONS)[number] | undefined;
  readonly key?: string | undefined;
};

export function reliabilitySearch(search: Record<string, unknown>): ReliabilitySearch {
  const { year, major, of, key } = search;
  const division = DIVISIONS.find((one) => one === of);
  return {
    ...(typeof year === 'number' ? { year } : {}),
    ...(major === false ? { major } : {}),
    ...(division !== undefined && typeof key === 'string' ? { of: division, key } : {}),
  };
}
