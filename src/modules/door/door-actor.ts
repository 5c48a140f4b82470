import { createHash } from 'node:crypto';
import { type CaseActor, programActor } from '#modules/case/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Who takes a demand in that comes by a door: a person of the program's own for each. */
export async function doorActor(
  tx: Tx,
  companyId: string,
  door: { readonly id: string; readonly name: string },
): Promise<CaseActor> {
  return await programActor(tx, companyId, { staffNo: `door-${door.id}`, name: door.name });
}

/** Counts one more in this hour for a subject (a hash); the count with this one. */
export async function countInHour(tx: Tx, companyId: string, subject: string): Promise<number> {
  const hour = timestamp(Math.floor(tx.now / 3_600_000) * 3_600_000);
  const row = await tx.one<{ n: number }>(sql`
    insert into page_limits (company_id, subject, hour, n) values (${companyId}, ${subject}, ${hour}, 1)
    on conflict (company_id, subject, hour) do update set n = page_limits.n + 1 returning page_limits.n`);
  return row.n;
}

/** The reports of one phone in this hour, by page and by SMS together; the count with this one. */
export async function countOfPhone(tx: Tx, companyId: string, phone: string): Promise<number> {
  return await countInHour(tx, companyId, hashOf(`phone ${companyId} ${phone}`));
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
