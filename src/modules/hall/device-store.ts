import { createHash, randomBytes } from 'node:crypto';
import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

export type DeviceKind = 'hall-screen' | 'ticket-machine' | 'exchange';

export type Device = {
  readonly companyId: string;
  readonly id: string;
  readonly kind: DeviceKind;
  readonly unitId: string;
  readonly unit: string;
};

/** A new token. 256 random bits: guessing is hopeless, so its plain hash is enough to keep. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** The device of a token; undefined when there is none, or it was revoked. `seen_at` is kept to the minute. */
export async function findDevice(db: Db, token: string, now: Instant): Promise<Device | undefined> {
  const row = await db.maybe<Device & { readonly stale: boolean }>(sql`
    select d.company_id as "companyId", d.id, d.kind, d.unit_id as "unitId", u.name as unit,
      (d.seen_at is null or d.seen_at < ${timestamp(now - 60_000)}) as stale
    from devices d join units u on u.company_id = d.company_id and u.id = d.unit_id
    where d.token_hash = ${hashOf(token)} and d.revoked_at is null`);
  if (row === undefined) return undefined;
  const { stale, ...device } = row;
  if (stale)
    await db.run(sql`update devices set seen_at = ${timestamp(now)}
      where devices.company_id = ${device.companyId} and devices.id = ${device.id}`);
  return device;
}

export type DeviceRow = {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly name: string;
  readonly unit: string;
  readonly madeBy: string;
  readonly madeAt: Instant;
  readonly seenAt: Instant | null;
};

export async function listDevices(db: Db, companyId: string): Promise<DeviceRow[]> {
  return await db.rows<DeviceRow>(sql`
    select d.id, d.kind, d.name, u.name as unit, p.name as "madeBy", d.made_at as "madeAt", d.seen_at as "seenAt"
    from devices d
    join units u on u.company_id = d.company_id and u.id = d.unit_id
    join people p on p.company_id = d.company_id and p.id = d.made_by
    where d.company_id = ${companyId} and d.revoked_at is null order by d.made_at desc, d.id limit 200`);
}

export function deviceStore(tx: Tx, companyId: string) {
  return {
    async insert(device: {
      readonly id: string;
      readonly kind: DeviceKind;
      readonly name: string;
      readonly unitId: string;
      readonly token: string;
      readonly by: string;
    }): Promise<void> {
      await tx.run(sql`
        insert into devices (company_id, id, kind, name, unit_id, token_hash, made_by, made_at)
        values (${companyId}, ${device.id}, ${device.kind}, ${device.name}, ${device.unitId},
          ${hashOf(device.token)}, ${device.by}, ${timestamp(tx.now)})`);
    },

    async revoke(id: string): Promise<boolean> {
      const changed = await tx.run(sql`
        update devices set revoked_at = ${timestamp(tx.now)}
        where devices.company_id = ${companyId} and devices.id = ${id} and devices.revoked_at is null`);
      return changed === 1;
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
