import { LOW_VOLTAGE, type DeviceKind } from './device.ts';
import type { DraftDevice, DraftFault, NetworkDraft } from './draft.ts';

/** Where the rows of a draft stand in their files; nothing for formats without rows. */
export type RowPlaces = {
  readonly deviceFile: string;
  readonly deviceLines: ReadonlyMap<string, number>;
  readonly meterFile: string;
  readonly meterLines: ReadonlyMap<string, number>;
};

const NO_ROWS: RowPlaces = { deviceFile: '', deviceLines: new Map(), meterFile: '', meterLines: new Map() };

/**
 * What keeps a draft from being a network: a parent that is not there, a circle of parents, a device that no substation reaches, low
 * voltage above medium voltage, a tie that is closed in the normal state, a meter without a device or without a transformer above it,
 * a meter twice. `known` are devices that are in the house already.
 */
export function checkDraft(
  draft: NetworkDraft,
  known: ReadonlyMap<string, { readonly kind: DeviceKind; readonly parent: string | null }> = new Map(),
  rows: RowPlaces = NO_ROWS,
): readonly DraftFault[] {
  const devices = new Map<string, Pick<DraftDevice, 'kind' | 'parent'>>(known);
  for (const device of draft.devices) devices.set(device.id, device);
  const faults: DraftFault[] = [];
  const blame = (item: string, code: string, detail?: DraftFault['detail']) => {
    faults.push({
      file: rows.deviceFile,
      line: rows.deviceLines.get(item) ?? null,
      item,
      code,
      ...(detail === undefined ? {} : { detail }),
    });
  };
  for (const device of draft.devices) checkDevice(device, devices, blame);
  return [...faults, ...checkSupplies(draft, devices, rows)];
}

type Devices = ReadonlyMap<string, Pick<DraftDevice, 'kind' | 'parent'>>;
type Blame = (item: string, code: string, detail?: DraftFault['detail']) => void;

function checkDevice(device: DraftDevice, devices: Devices, blame: Blame): void {
  const { id, kind, parent, tieTo, normallyOpen } = device;
  if (kind === 'substation') {
    if (parent !== null) blame(id, 'network.substation-with-parent');
    return;
  }
  const above = parent === null ? undefined : devices.get(parent);
  if (parent === null) blame(id, 'network.island');
  else if (above === undefined) blame(id, 'network.unknown-parent', { parent });
  else if (LOW_VOLTAGE.has(above.kind) && !LOW_VOLTAGE.has(kind))
    blame(id, 'network.wrong-order', { parent });
  else if (above.kind === 'transformer' && !LOW_VOLTAGE.has(kind))
    blame(id, 'network.wrong-order', { parent });
  else if (above.kind === 'meter_box') blame(id, 'network.wrong-order', { parent });
  else {
    const end = wayUp(id, devices);
    if (end === 'ring') blame(id, 'network.ring');
    else if (LOW_VOLTAGE.has(kind) && end !== 'below-transformer') blame(id, 'network.no-transformer');
  }
  if (tieTo === null) return;
  if (!devices.has(tieTo)) blame(id, 'network.unknown-tie', { tie: tieTo });
  if (!normallyOpen) blame(id, 'network.closed-tie');
}

/** Where the parents of a device lead; a parent that is missing is blamed on its child alone. */
function wayUp(from: string, devices: Devices): 'ring' | 'source' | 'below-transformer' | 'broken' {
  const seen = new Set<string>();
  let transformer = false;
  for (let id: string | null = from; id !== null; ) {
    if (seen.has(id)) return 'ring';
    seen.add(id);
    const device = devices.get(id);
    if (device === undefined) return transformer ? 'below-transformer' : 'broken';
    if (device.kind === 'transformer') transformer = true;
    id = device.parent;
  }
  return transformer ? 'below-transformer' : 'source';
}

function checkSupplies(draft: NetworkDraft, devices: Devices, rows: RowPlaces): readonly DraftFault[] {
  const faults: DraftFault[] = [];
  const seen = new Set<string>();
  for (const { meter, device } of draft.supplies) {
    const code = seen.has(meter) ? 'network.meter-twice' : supplyFault(device, devices);
    seen.add(meter);
    if (code === undefined) continue;
    faults.push({
      file: rows.meterFile,
      line: rows.meterLines.get(meter) ?? null,
      item: meter,
      code,
      detail: { device },
    });
  }
  return faults;
}

function supplyFault(device: string, devices: Devices): string | undefined {
  const found = devices.get(device);
  if (found === undefined) return 'network.unknown-device';
  const way = wayUp(device, devices);
  return way === 'source' || way === 'broken' ? 'network.meter-without-transformer' : undefined;
}
