import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Instant, MINUTE } from '#kernel/instant.ts';

export type Expected = { readonly from: Instant; readonly to: Instant; readonly customerMinutes: number };

type Change = {
  readonly t: number;
  readonly op: 'initial' | 'open' | 'chg' | 'gone';
  readonly id: string;
  readonly customers?: number;
};

/** What whoever prepared the file says that it holds (`expected-….json`). */
export function readExpected(path: string): Expected {
  const said = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly from: string;
    readonly to: string;
    readonly customer_minutes_in_window: number;
  };
  return {
    from: Date.parse(said.from),
    to: Date.parse(said.to),
    customerMinutes: said.customer_minutes_in_window,
  };
}

/**
 * Customer-minutes of a replay file (changes in time order) between two moments: the sum of customers over open outages, each count held
 * until the next change of that outage, what is open at the end counted to the end.
 */
export function customerMinutes(path: string, { from, to }: Pick<Expected, 'from' | 'to'>): number {
  const raw = readFileSync(path);
  const text = (raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw).toString('utf8');
  const open = new Map<string, { readonly since: Instant; readonly customers: number }>();
  let minutes = 0;
  const end = (one: { readonly since: Instant; readonly customers: number } | undefined, at: Instant) => {
    if (one !== undefined)
      minutes += (Math.max(0, Math.min(at, to) - Math.max(one.since, from)) / MINUTE) * one.customers;
  };
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const { t, op, id, customers } = JSON.parse(line) as Change;
    const before = open.get(id);
    end(before, t * 1000);
    if (op === 'gone') open.delete(id);
    else open.set(id, { since: t * 1000, customers: customers ?? before?.customers ?? 0 });
  }
  for (const one of open.values()) end(one, to);
  return minutes;
}
