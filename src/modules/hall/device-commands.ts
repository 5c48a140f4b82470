import { type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import type { CaseActor } from '#modules/case/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import type { MadeDevice, NewDevice } from './device-api.ts';
import { deviceStore, newToken } from './device-store.ts';

/** Lets a device in, for the unit of whoever makes it. The token is in the answer and nowhere else. */
export async function makeDevice(tx: Tx, actor: CaseActor, device: NewDevice): Promise<MadeDevice> {
  const id = newId();
  const token = newToken();
  await deviceStore(tx, actor.companyId).insert({
    ...device,
    id,
    token,
    unitId: actor.unitId,
    by: actor.personId,
  });
  await audit(tx, actor, 'device.made', id, device.kind);
  return { id, token };
}

/** From now on the token opens nothing. Refusal: `http.not-found`. */
export async function revokeDevice(
  tx: Tx,
  actor: CaseActor,
  id: string,
): Promise<{ readonly revoked: true } | Refusal> {
  if (!(await deviceStore(tx, actor.companyId).revoke(id))) return refuse('http.not-found');
  await audit(tx, actor, 'device.revoked', id);
  return { revoked: true };
}

async function audit(tx: Tx, actor: CaseActor, action: string, id: string, kind?: string): Promise<void> {
  await auditWriter(tx, actor.companyId).write({
    actorId: actor.personId,
    action,
    outcome: 'done',
    objectType: 'device',
    objectId: id,
    ...(kind === undefined ? {} : { detail: { kind } }),
  });
}
