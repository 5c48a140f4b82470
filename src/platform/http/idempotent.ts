import { createHash } from 'node:crypto';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { timestamp, type Tx } from '../db/db.ts';
import { sql } from '../db/sql.ts';
import type { Vault } from '../vault.ts';

export type KeyedRequest = {
  readonly actorId: string;
  readonly key: string;
  readonly content: unknown;
};

/** Runs one write once per key; see `idempotentMany`. */
export async function idempotent<T>(
  tx: Tx,
  vault: Vault,
  { companyId, ...request }: KeyedRequest & { readonly companyId: string },
  work: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const [result] = await idempotentMany<T>(tx, vault, companyId, [request], async () => [await work()]);
  return result as T | Refusal;
}

/**
 * Runs writes once per key. The rows of the keys are inserted first, so of two equal requests at once the second waits
 * and then gets the first one's answer. A refusal leaves no row and may be tried again. `work` gets the indexes of the
 * requests that are new and answers for each; one that it refuses has written nothing, or the transaction is rolled back.
 * Answers lie sealed, for some hand out a code or a token that is kept nowhere else. Refusals: `http.key-reused`, `http.answer-lost`.
 */
export async function idempotentMany<T>(
  tx: Tx,
  vault: Vault,
  companyId: string,
  requests: readonly KeyedRequest[],
  work: (fresh: readonly number[]) => Promise<readonly (T | Refusal)[]>,
): Promise<readonly (T | Refusal)[]> {
  const rows = requests.map(({ actorId, key, content }) => ({
    id: `${actorId} ${key}`,
    hash: hashOf(content),
  }));
  const first = new Map<string, number>();
  rows.forEach(({ id }, i) => first.set(id, first.get(id) ?? i));
  const kept = await claim(
    tx,
    companyId,
    [...first].map(([id, i]) => ({ id, hash: rows[i]?.hash ?? '' })),
  );

  const fresh = [...first].filter(([id]) => !kept.has(id)).map(([, i]) => i);
  const results = fresh.length === 0 ? [] : await work(fresh);
  const made = new Map(fresh.map((i, n) => [i, results[n] as T | Refusal]));
  await settle(
    tx,
    vault,
    companyId,
    fresh.map((i) => ({ id: rows[i]?.id ?? '', result: made.get(i) })),
  );

  return rows.map(({ id, hash }) => {
    const known = kept.get(id);
    if (known !== undefined)
      return known.hash === hash ? reopened(vault, known, placeOf(companyId, id)) : refuse('http.key-reused');
    const i = first.get(id) ?? -1;
    return rows[i]?.hash === hash ? (made.get(i) as T | Refusal) : refuse('http.key-reused');
  });
}

type Kept = { readonly hash: string; readonly answer: string | null };

/** Inserts the keys and answers what is kept for those that were there. All in one order: two batches never wait in a ring. */
async function claim(
  tx: Tx,
  companyId: string,
  rows: readonly { readonly id: string; readonly hash: string }[],
): Promise<ReadonlyMap<string, Kept>> {
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const ids = sorted.map((row) => row.id);
  const inserted = await tx.rows<{ id: string }>(sql`
    insert into idempotency_keys (company_id, actor_id, key, request_hash, created_at)
    select ${companyId}, split_part(k.id, ' ', 1)::uuid, split_part(k.id, ' ', 2), k.hash, ${timestamp(tx.now)}
    from unnest(${ids}::text[], ${sorted.map((row) => row.hash)}::text[]) with ordinality as k (id, hash, n)
    order by k.n
    on conflict do nothing returning idempotency_keys.actor_id || ' ' || idempotency_keys.key as id`);
  const fresh = new Set(inserted.map((row) => row.id));
  const old = ids.filter((id) => !fresh.has(id));
  if (old.length === 0) return new Map();
  const kept = await tx.rows<Kept & { id: string }>(sql`
    select k.id, i.request_hash as hash, i.answer from unnest(${old}::text[]) as k (id)
    join idempotency_keys i on i.company_id = ${companyId} and i.actor_id = split_part(k.id, ' ', 1)::uuid
      and i.key = split_part(k.id, ' ', 2)`);
  return new Map(kept.map((row) => [row.id, row]));
}

/** Lost: done once, but its answer was sealed with another key of the program, or stems from before answers were sealed. */
function reopened<T>(vault: Vault, { answer }: Kept, place: string): T | Refusal {
  return answer !== null && vault.isOurs(answer) === true
    ? (JSON.parse(vault.open(answer, place)) as T)
    : refuse('http.answer-lost');
}

function placeOf(companyId: string, id: string): string {
  return `idempotency_keys ${companyId} ${id}`;
}

async function settle(
  tx: Tx,
  vault: Vault,
  companyId: string,
  rows: readonly { readonly id: string; readonly result: unknown }[],
): Promise<void> {
  const done = rows
    .filter((row) => !isRefusal(row.result))
    .map(({ id, result }) => ({ id, answer: vault.seal(JSON.stringify(result), placeOf(companyId, id)) }));
  const refused = rows.filter((row) => isRefusal(row.result)).map((row) => row.id);
  if (done.length > 0)
    await tx.run(sql`
      update idempotency_keys set answer = k.answer
      from unnest(${done.map((row) => row.id)}::text[], ${done.map((row) => row.answer)}::text[]) as k (id, answer)
      where idempotency_keys.company_id = ${companyId}
        and idempotency_keys.actor_id = split_part(k.id, ' ', 1)::uuid and idempotency_keys.key = split_part(k.id, ' ', 2)`);
  if (refused.length > 0)
    await tx.run(sql`
      delete from idempotency_keys using unnest(${refused}::text[]) as k (id)
      where idempotency_keys.company_id = ${companyId}
        and idempotency_keys.actor_id = split_part(k.id, ' ', 1)::uuid and idempotency_keys.key = split_part(k.id, ' ', 2)`);
}

function hashOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
