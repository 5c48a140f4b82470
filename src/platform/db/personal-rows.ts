import type { Sql } from './sql.ts';

/**
 * What one table holds of persons, and how it goes (design rule 8). Each module declares its own; one job blanks all of them,
 * and a test finds every column of text that nobody declared (security/columns.csv). The row is `t` in every fragment.
 */
export type PersonalRows = {
  readonly table: string;
  /**
   * The personal columns, with what stands there afterwards: null, a dash where a column must say something, or what the table says of nobody. `remove`:
   * the whole row goes.
   */
  readonly columns: Readonly<Record<string, string | null>>;
  /** Columns that say nothing themselves and go with it: the salt of a hash. */
  readonly with?: readonly string[];
  /** A column that notes when it was blanked. */
  readonly stamp?: 'blanked_at';
  /** The limit of the handbook after which it goes; null: at once. */
  readonly limit: string | null;
  /** Since when it is not needed any more, as an instant; null: it still is. */
  readonly since: Sql;
  /** Says that it is of this household, for an erasure that the customer asked for; null: of no customer. */
  readonly of: ((householdId: string) => Sql) | null;
};

/** Stands where something was blanked that a page must show a text for. */
export const BLANKED = '—';
