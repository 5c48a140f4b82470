import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const MATRIX_FILE = join(import.meta.dirname, '..', '..', '..', 'security', 'matrix.csv');

/** How a route answers about an object of another's: as if there were none, or it has no object of its own. */
type Scope = 'yes' | 'hidden' | '-';

export type MatrixRow = {
  readonly method: string;
  readonly path: string;
  readonly what: string;
  /** own, joint, other, accused. */
  readonly scopes: readonly Scope[];
  /** Whether each role may, in the order of the heading. */
  readonly roles: Readonly<Record<string, boolean>>;
};

export const SCOPES = ['own', 'joint', 'other', 'accused'] as const;
export const HEAD = ['method', 'path', 'what', ...SCOPES];

/** The table that managers read: who may do what, and to what. It is written by people, not taken from the program. */
export function readMatrix(): readonly MatrixRow[] {
  const [head = '', ...lines] = readFileSync(MATRIX_FILE, 'utf8').trim().split('\n');
  const roles = head.split(',').slice(HEAD.length);
  return lines.map((line) => {
    const cells = line.split(',');
    const [method = '', path = '', what = ''] = cells;
    const may = roles.map((role, i) => [role, cells[HEAD.length + i] === 'yes'] as const);
    return {
      method,
      path,
      what,
      scopes: cells.slice(3, HEAD.length) as Scope[],
      roles: Object.fromEntries(may),
    };
  });
}
