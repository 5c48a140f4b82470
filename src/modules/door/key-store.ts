import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { DoorId } from './door-api.ts';
import type { KeyDoor, KeyView, NewKey } from './door-key-api.ts';

const DAY = 24 * 60 * 60 * 1000;

export type DoorKey = {
  readonly companyId: string;
  readonly id: string;
  readonly door: KeyDoor;
  readonly scopes: readonly string[];
};

/** A key of a door by which orders come; those of meters have events and nothing else. */
export type OrderKey = DoorKey & { readonly door: DoorId };

/** A new key: company, id and 256 random bits. It is in the answer and nowhere else. */
export async function insertKey(
  tx: Tx,
  who: { readonly companyId: string; readonly personId: string },
  key: NewKey,
): Promise<{ readonly id: string; readonly key: string }> {
  const id = newId();
  const secret = randomBytes(32).toString('base64url');
  await tx.run(sql`
    insert into door_keys (company_id, id, door, name, scopes, key_hash, made_by, made_at, expires_at)
    values (${who.companyId}, ${id}, ${key.door}, ${key.name}, ${key.scopes}, ${hashOf(secret)}, ${who.personId},
      ${timestamp(tx.now)}, ${timestamp(tx.now + key.days * DAY)})`);
  return { id, key: `${short(who.companyId)}.${short(id)}.${secret}` };
}

export async function revokeKey(tx: Tx, companyId: string, id: string): Promise<boolean> {
  const changed = await tx.run(sql`
    update door_keys set revoked_at = ${timestamp(tx.now)}
    where door_keys.company_id = ${companyId} and door_keys.id = ${id} and door_keys.revoked_at is null`);
  return changed === 1;
}

export async function listKeys(db: Db, companyId: string, now: Instant): Promise<KeyView[]> {
  return await db.rows<KeyView>(sql`
    select k.id, k.door, k.name, k.scopes, p.name as "madeBy", k.made_at as "madeAt", k.expires_at as "expiresAt",
      k.used_at as "usedAt", k.expires_at <= ${timestamp(now)} as expired
    from door_keys k join people p on p.company_id = k.company_id and p.id = k.made_by
    where k.company_id = ${companyId} and k.revoked_at is null order by k.door, k.made_at desc, k.id`);
}

/**
 * The key that a request shows. The row is found by its id; the secret is compared in constant time, also where there is
 * no row. Undefined: unknown, wrong, revoked or expired alike. `used_at` is kept to the minute.
 */
export async function findKey(db: Db, shown: string, now: Instant): Promise<DoorKey | undefined> {
  const [, company, id, secret] = /^([\w-]{22})\.([\w-]{22})\.([\w-]{43})$/.exec(shown) ?? [];
  if (company === undefined || id === undefined || secret === undefined) return undefined;
  const row = await db.maybe<
    DoorKey & { readonly hash: string; readonly good: boolean; readonly stale: boolean }
  >(sql`
    select k.company_id as "companyId", k.id, k.door, k.scopes, k.key_hash as hash,
      k.revoked_at is null and k.expires_at > ${timestamp(now)} as good,
      (k.used_at is null or k.used_at < ${timestamp(now - 60_000)}) as stale
    from door_keys k where k.company_id = ${long(company)} and k.id = ${long(id)}`);
  const same = timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(row?.hash ?? hashOf('no such key')));
  if (row === undefined || !same || !row.good) return undefined;
  if (row.stale)
    await db.run(sql`update door_keys set used_at = ${timestamp(now)}
      where door_keys.company_id = ${row.companyId} and door_keys.id = ${row.id}`);
  return { companyId: row.companyId, id: row.id, door: row.door, scopes: row.scopes };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function short(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
}

function long(text: string): string {
  const hex = Buffer.from(text, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
