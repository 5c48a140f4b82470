import { createHash } from 'node:crypto';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { timestamp, type Tx } from '../db/db.ts';
import { sql } from '../db/sql.ts';

/**
 * Runs a write once per key. The key's row is inserted first, so of two equal requests at once the second waits and
 * then gets the first one's answer. A refusal leaves no row: its transaction is rolled back and may be tried again.
 */
export async function idempotent<T>(
  tx: Tx,
  request: {
    readonly companyId: string;
    readonly actorId: string;
    readonly key: string;
    readonly content: unknown;
  },
  work: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const { companyId, actorId, key } = request;
  const hash = createHash('sha256').update(JSON.stringify(request.content)).digest('hex');
  const inserted = await tx.run(sql`
    insert into idempotency_keys (company_id, actor_id, key, request_hash, created_at)
    values (${companyId}, ${actorId}, ${key}, ${hash}, ${timestamp(tx.now)}) on conflict do nothing`);
  if (inserted === 0) {
    const kept = await tx.one<{ request_hash: string; response: T }>(sql`
      select k.request_hash, k.response from idempotency_keys k
      where k.company_id = ${companyId} and k.actor_id = ${actorId} and k.key = ${key}`);
    return kept.request_hash === hash ? kept.response : refuse('http.key-reused');
  }
  const result = await work();
  if (!isRefusal(result))
    await tx.run(sql`
      update idempotency_keys set response = ${JSON.stringify(result)}
      where idempotency_keys.company_id = ${companyId} and idempotency_keys.actor_id = ${actorId}
        and idempotency_keys.key = ${key}`);
  return result;
}
