import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a column of text may hold. */
export const COLUMN_KINDS = [
  'code',
  'hash',
  'ids',
  'company',
  'place',
  'staff',
  'secret',
  'personal',
] as const;

export type ColumnRow = { readonly column: string; readonly kind: string };

/** `security/columns.csv`: what every column of text holds, said by people. */
export function readColumns(): readonly ColumnRow[] {
  const text = readFileSync(join(import.meta.dirname, '..', '..', '..', 'security', 'columns.csv'), 'utf8');
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [table = '', column = '', kind = ''] = line.split(',');
      return { column: `${table}.${column}`, kind };
    });
}
