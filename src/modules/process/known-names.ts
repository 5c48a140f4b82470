import type { Limit } from './handbook-schema.ts';

/** What the documents of a handbook may refer to. */
export type KnownNames = {
  readonly limits: ReadonlyMap<string, Limit>;
  readonly posts: ReadonlySet<string>;
  readonly units: ReadonlySet<string>;
  readonly businesses: ReadonlySet<string>;
  readonly caseTypes: ReadonlySet<string>;
};
