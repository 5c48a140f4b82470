// Whether each source of outage reports is heard. The web app imports the types only.

/** People who ring, write or walk by; meters and telemetry by their head-end. */
export const SOURCE_GROUPS = ['people', 'meters', 'telemetry'] as const;
export type SourceGroup = (typeof SOURCE_GROUPS)[number];

export type SourceView = {
  readonly source: SourceGroup;
  /** The last report, or the last contact of the head-end if that is later; null: never heard. */
  readonly lastAt: number | null;
  /** Cut off since then: what it would have said is missing. */
  readonly silentSince: number | null;
  /** Reports of each of the last 24 hours, the oldest first; null: nobody knows, the source was cut off. */
  readonly hours: readonly (number | null)[];
};
