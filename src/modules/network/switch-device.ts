import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { decideSwitching, LOW_VOLTAGE, type SwitchingEffect } from './domain/index.ts';
import { type EarthedPlace, earthedPlaces } from './earthed-places.ts';
import { countDark, type Grid, gridAt, positionsOf } from './grid-reads.ts';
import type { SwitchBody } from './network-api.ts';
import { networkStore } from './network-store.ts';

export type NetworkActor = { readonly companyId: string; readonly personId: string };

export type Switched = { readonly id: string; readonly darkened: number; readonly restored: number };

/** Records that a device was opened or closed, and how many households that cost or gave their supply. Refusals: `decideSwitching`. */
export async function switchDevice(
  tx: Tx,
  actor: NetworkActor,
  deviceId: string,
  asked: SwitchBody,
): Promise<Switched | Refusal> {
  const store = networkStore(tx, actor.companyId);
  // One switching after another: what two of them do together is known only in an order.
  await store.lockGrid();
  const found = await store.findDevice(deviceId);
  if (found === undefined) return refuse('http.not-found');
  const earths = await earthedPlaces(tx, actor.companyId);
  const transformers = [found, ...earths].flatMap(({ transformerId }) => transformerId ?? []);
  const grid = await gridAt(tx, actor.companyId, null, transformers);
  const device = grid.devices.find(({ id }) => id === deviceId);
  if (device === undefined) return refuse('http.not-found');

  const { at = tx.now, acceptRing = false } = asked;
  const earthed = new Set(earths.map((one) => one.deviceId));
  const facts = { ...grid, device, isOpen: grid.open.has(deviceId), lastAt: found.lastAt, earthed };
  const effect = decideSwitching(facts, { open: asked.open, at, acceptRing }, tx.now);
  if (isRefusal(effect)) return withPlace(effect, earths);

  const households = await householdsChanged(tx, actor.companyId, grid, effect);
  const { open, planned, reason, note = null } = asked;
  const id = newId();
  await store.insertSwitching({
    id,
    deviceId,
    open,
    planned,
    reason,
    note,
    at,
    by: actor.personId,
    ...households,
  });
  await store.recordDark(id, at, darkPlaces(grid, effect));
  await auditWriter(tx, actor.companyId).write({
    actorId: actor.personId,
    action: open ? 'network.opened' : 'network.closed',
    outcome: 'done',
    objectType: 'network-device',
    objectId: deviceId,
    detail: { reason, planned, ...households },
  });
  return { id, ...households };
}

/** Says of earths where they lie and for which work, and not by an id. */
function withPlace(refusal: Refusal, earths: readonly EarthedPlace[]): Refusal {
  if (refusal.refused !== 'network.earthed') return refusal;
  const place = earths.find((one) => one.deviceId === refusal.detail?.['device']);
  return place === undefined
    ? refusal
    : refuse('network.earthed', { device: place.name, no: place.no, earths: place.earths });
}

/** Dark transformers, and devices of low voltage that are dark while their transformer is not: what began and what ended. */
function darkPlaces(
  grid: Grid,
  { darkBefore, darkAfter }: SwitchingEffect,
): { readonly began: readonly string[]; readonly ended: readonly string[] } {
  const placesIn = (dark: readonly string[]) => {
    const ids = new Set(dark);
    return new Set(
      grid.devices
        .filter(({ id, kind }) => ids.has(id) && (kind === 'transformer' || LOW_VOLTAGE.has(kind)))
        .filter(({ transformerId }) => transformerId === null || !ids.has(transformerId))
        .map(({ id }) => id),
    );
  };
  const [before, after] = [placesIn(darkBefore), placesIn(darkAfter)];
  return {
    began: [...after].filter((id) => !before.has(id)),
    ended: [...before].filter((id) => !after.has(id)),
  };
}

/** A customer with two supplies is dark only when both are, so households are counted on the whole, before and after. */
export async function householdsChanged(
  db: Db,
  companyId: string,
  grid: Grid,
  { darkBefore, darkAfter }: SwitchingEffect,
): Promise<{ readonly darkened: number; readonly restored: number }> {
  const before = await countDark(db, companyId, positionsOf(grid, darkBefore));
  const after = await countDark(db, companyId, positionsOf(grid, darkAfter));
  return { darkened: Math.max(0, after - before), restored: Math.max(0, before - after) };
}
