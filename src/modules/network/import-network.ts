import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { followGrid } from '#modules/customer/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { type DraftDevice, type DraftFault, type NetworkDraft, placementsOf } from './domain/index.ts';
import { type HouseDevice, type ImportCount, importStore, type NewPlace } from './import-store.ts';

export type Imported = { readonly faults: readonly DraftFault[]; readonly count: ImportCount | null };

/**
 * Takes a draft into the grid of a company: new devices and meters are added, those that hang elsewhere than before are moved from now on
 * (their old place stays in history), all or nothing. With faults — the draft's, or meters that the company does not have — nothing is written.
 * What is not in the draft stays as it is. Refusals: `network.is-switched` (a device whose place changes is not in its normal state: put it
 * there first), and `isDry` counts and writes nothing.
 */
export async function importNetwork(
  tx: Tx,
  companyId: string,
  draft: NetworkDraft,
  options: { readonly format: 'csv' | 'dss' | 'cim'; readonly isDry: boolean },
): Promise<Imported | Refusal> {
  const store = importStore(tx, companyId);
  await store.lockGrid();
  const house = new Map((await store.devices()).map((device) => [device.code, device]));
  const meters = await store.metersByNumber(draft.supplies.map(({ meter }) => meter));
  const unknown = draft.supplies
    .filter(({ meter }) => !meters.has(meter))
    .map(({ meter }) => ({ file: '', line: null, item: meter, code: 'network.unknown-meter' }));
  const otherKind = draft.devices
    .filter(({ id: code, kind }) => (house.get(code)?.kind ?? kind) !== kind)
    .map(({ id: code }) => ({ file: '', line: null, item: code, code: 'network.other-kind' }));
  const faults = [...draft.faults, ...otherKind, ...unknown];
  if (faults.length > 0) return { faults, count: null };

  const ids = new Map([...house].map(([code, { id }]) => [code, id]));
  for (const { id: code } of draft.devices) if (!ids.has(code)) ids.set(code, newId());
  const places = placesOf(draft.devices, house, ids);
  if (isRefusal(places)) return places;

  const supplies = suppliesOf(draft, meters, ids, places.transformers);
  const [metersNew, metersMoved] = [
    supplies.filter(({ was }) => was === null),
    supplies.filter(({ was, deviceId }) => was !== null && was !== deviceId),
  ];
  const added = draft.devices.filter(({ id: code }) => !house.has(code)).length;
  const count: ImportCount = {
    devicesNew: added,
    devicesMoved: places.changed.length - added,
    devicesUnchanged: draft.devices.length - draft.devices.filter(({ id }) => places.isChanged(id)).length,
    metersNew: metersNew.length,
    metersMoved: metersMoved.length,
    metersUnchanged: supplies.length - metersNew.length - metersMoved.length,
  };
  if (options.isDry) return { faults, count };

  await store.upsertDevices(
    draft.devices.map((device) => ({ ...device, code: device.id, id: ids.get(device.id) ?? '' })),
  );
  await store.movePlaces(places.changed);
  await store.moveSupplies([...metersNew, ...metersMoved]);
  await store.followDevices();
  await followGrid(tx, companyId, await store.suppliedAnew(places.changed.map(({ deviceId }) => deviceId)));
  const importId = newId();
  await store.insertImport(importId, options.format, count);
  await auditWriter(tx, companyId).write({
    actorId: null,
    action: 'network.imported',
    outcome: 'done',
    objectType: 'network-import',
    objectId: importId,
    detail: { ...count },
  });
  return { faults, count };
}

type Places = {
  readonly changed: readonly NewPlace[];
  readonly isChanged: (code: string) => boolean;
  /** The transformer of every device, by code. */
  readonly transformers: ReadonlyMap<string, string | null>;
};

/** Where each device of the company stands afterwards, as far as that differs: a moved switch moves the feeder of all below it. */
function placesOf(
  draft: readonly DraftDevice[],
  house: ReadonlyMap<string, HouseDevice>,
  ids: ReadonlyMap<string, string>,
): Places | Refusal {
  const after = new Map<string, Pick<DraftDevice, 'id' | 'kind' | 'parent' | 'tieTo' | 'normallyOpen'>>();
  for (const device of house.values()) after.set(device.code, { ...device, id: device.code });
  for (const device of draft) after.set(device.id, device);
  const placements = placementsOf([...after.values()]);
  const idOf = (code: string | null) => (code === null ? null : (ids.get(code) ?? null));

  const changed: NewPlace[] = [];
  const codes = new Set<string>();
  for (const device of after.values()) {
    const placement = placements.get(device.id);
    const place: NewPlace = {
      deviceId: idOf(device.id) ?? '',
      parentId: idOf(device.parent),
      tieId: idOf(device.tieTo),
      normallyOpen: device.normallyOpen,
      feederId: idOf(placement?.feeder ?? null),
      transformerId: idOf(placement?.transformer ?? null),
      isNew: !house.has(device.id),
    };
    const before = house.get(device.id);
    if (before !== undefined && isSame(before, place)) continue;
    if (before !== undefined && before.isSwitched) return refuse('network.is-switched', { code: device.id });
    changed.push(place);
    codes.add(device.id);
  }
  return {
    changed,
    isChanged: (code) => codes.has(code),
    transformers: new Map(
      [...after.values()].map(({ id, kind }) => [
        id,
        kind === 'transformer' ? id : (placements.get(id)?.transformer ?? null),
      ]),
    ),
  };
}

function isSame(
  before: HouseDevice,
  { parentId, tieId, normallyOpen, feederId, transformerId }: NewPlace,
): boolean {
  return (
    before.parentId === parentId &&
    before.tieId === tieId &&
    before.normallyOpen === normallyOpen &&
    before.feederId === feederId &&
    before.transformerId === transformerId
  );
}

function suppliesOf(
  draft: NetworkDraft,
  meters: Awaited<ReturnType<ReturnType<typeof importStore>['metersByNumber']>>,
  ids: ReadonlyMap<string, string>,
  transformers: Places['transformers'],
) {
  return draft.supplies.flatMap(({ meter, device }) => {
    const known = meters.get(meter);
    const transformer = ids.get(transformers.get(device) ?? '');
    const deviceId = ids.get(device);
    if (known === undefined || transformer === undefined || deviceId === undefined) return [];
    return [
      {
        meterId: known.id,
        householdId: known.householdId,
        was: known.deviceId,
        deviceId,
        transformerId: transformer,
      },
    ];
  });
}
