import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { MINUTE, type Instant } from '#kernel/instant.ts';

/** A real storm afternoon that is part of the repository (data/NOTICE.md). */
export const EXCERPT = join(import.meta.dirname, 'data', 'lgeku-2022-07-06-excerpt.jsonl.gz');

/** A real outage as its utility published it. */
export type Outage = {
  readonly id: string;
  readonly start: Instant;
  readonly gone: Instant;
  readonly customers: number;
  /** When a crew was first said to be on its way or assigned, and on site; null: never said. */
  readonly assigned: Instant | null;
  readonly onSite: Instant | null;
};

/** Both forms: changes in time order (JSON lines) and one row an outage (CSV); gzipped or not. Only what has an end. */
export function readOutages(path: string): readonly Outage[] {
  const raw = readFileSync(path);
  const text = (raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw).toString('utf8');
  const outages = text.trimStart().startsWith('{') ? fromChanges(text) : fromRows(text);
  if (outages.length === 0) throw new Error(`${path} has no outage with a start and an end`);
  return outages.toSorted((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
}

type Change = {
  readonly t: number;
  readonly op: 'initial' | 'open' | 'chg' | 'gone';
  readonly id: string;
  readonly start?: string;
  readonly customers?: number;
  readonly crew?: string;
};

function fromChanges(text: string): readonly Outage[] {
  const open = new Map<string, Omit<Outage, 'gone'>>();
  const done: Outage[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const change = JSON.parse(line) as Change;
    const at = change.t * 1000;
    const known = open.get(change.id);
    if (change.op === 'gone') {
      if (known !== undefined) done.push({ ...known, gone: Math.max(at, known.start + MINUTE) });
      open.delete(change.id);
      continue;
    }
    // What was open already when the file begins has no beginning that could be replayed.
    if (change.op === 'initial' || (change.op === 'chg' && known === undefined)) continue;
    const begun = known ?? {
      id: change.id,
      start: startOf(change, at),
      customers: 1,
      assigned: null,
      onSite: null,
    };
    open.set(change.id, {
      ...begun,
      customers: Math.max(begun.customers, change.customers ?? 1),
      assigned: begun.assigned ?? (change.crew === undefined || change.crew === '' ? null : at),
      onSite: begun.onSite ?? (change.crew?.includes('ON_SITE') === true ? at : null),
    });
  }
  return done;
}

/** Some starts are written without seconds or with a doubled Z; the moment of publication is never later. */
function startOf(change: Change, published: Instant): Instant {
  const start = Date.parse((change.start ?? '').replace('ZZ', ':00Z'));
  return Number.isNaN(start) ? published : Math.min(start, published);
}

function fromRows(text: string): readonly Outage[] {
  const [head = '', ...lines] = text.trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.flatMap((line) => {
    const cells = cellsOf(line);
    const cell = (name: string) => cells[names.indexOf(name)] ?? '';
    const start = Date.parse(cell('start_utc') || cell('first_seen_utc'));
    const gone = Date.parse(cell('gone_utc'));
    if (Number.isNaN(start) || Number.isNaN(gone) || gone <= start) return [];
    const crews = cell('crew_sequence');
    const seen = Date.parse(cell('first_seen_utc'));
    return [
      {
        id: cell('outage_id'),
        start,
        gone,
        customers: Number(cell('customers_max')) || 1,
        // The row says that a crew came and not when; the first publication is the earliest that is known.
        assigned: crews === '' || Number.isNaN(seen) ? null : Math.min(seen, gone),
        onSite: null,
      },
    ];
  });
}

/** A line of CSV; quoted cells may hold commas. */
function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((cell) =>
    (cell[1] ?? cell[2] ?? '').replaceAll('""', '"'),
  );
}
