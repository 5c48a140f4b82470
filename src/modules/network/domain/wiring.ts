import type { DeviceKind } from './device.ts';
import type { DraftDevice, DraftFault, DraftSupply, NetworkDraft } from './draft.ts';

/** A network as planning programs write it: branches between nodes, without above and below. */
export type Wiring = {
  readonly file: string;
  readonly sources: readonly { readonly id: string; readonly node: string }[];
  readonly branches: readonly WiringBranch[];
  readonly loads: readonly { readonly id: string; readonly node: string }[];
  readonly positions: ReadonlyMap<string, { readonly lon: number; readonly lat: number }>;
};

export type WiringBranch = {
  readonly id: string;
  /** `transformer` only where it feeds low voltage: regulators and substation transformers are sections. */
  readonly kind: Exclude<DeviceKind, 'substation' | 'lv_branch' | 'meter_box'>;
  readonly a: string;
  readonly b: string;
  readonly open: boolean;
  readonly km: number;
  readonly line: number | null;
};

type Place = { readonly device: string; readonly lowVoltage: boolean };

/**
 * Turns branches into devices with parents, walking from the sources through what is closed. Single-phase branches side by side are one
 * device; a closed branch between two nodes that are both fed is a ring and a fault; an open one is a tie; what no source reaches is an
 * island and a fault. Loads on medium voltage get a transformer of their own, feeders without a breaker get one: both marked `placed`.
 */
export function radialDraft(wiring: Wiring): NetworkDraft {
  const branches = [...uniteSideBySide(wiring.branches)];
  const walk = walkFromSources(wiring, branches);
  const { devices, places } = walk;
  const faults: DraftFault[] = [];
  const fault = (item: string, line: number | null, code: string) =>
    faults.push({ file: wiring.file, line, item, code });

  for (const branch of branches.filter((one) => !walk.used.has(one))) {
    const [a, b] = [places.get(branch.a), places.get(branch.b)];
    if (a === undefined && b === undefined) fault(branch.id, branch.line, 'network.island');
    else if (!branch.open) fault(branch.id, branch.line, 'network.ring');
    else devices.push(openDevice(branch, a ?? b, a === undefined ? undefined : b));
  }
  const supplies: DraftSupply[] = [];
  for (const { id, node } of wiring.loads) {
    const place = places.get(node);
    if (place === undefined) fault(id, null, 'network.island');
    else
      supplies.push({ meter: id, device: place.lowVoltage ? place.device : transformerAt(devices, place) });
  }
  return { devices: withBreakers(devices), supplies, faults };
}

/** Phases drawn one by one between the same two nodes. What can be opened names the whole. */
function uniteSideBySide(branches: readonly WiringBranch[]): Iterable<WiringBranch> {
  const united = new Map<string, WiringBranch>();
  for (const branch of branches) {
    const key = JSON.stringify([branch.a, branch.b].toSorted());
    const known = united.get(key);
    const keepsKnown = known !== undefined && (known.kind !== 'section' || branch.kind === 'section');
    if (known === undefined || !keepsKnown) united.set(key, branch);
  }
  return united.values();
}

type Walk = {
  readonly devices: DraftDevice[];
  readonly places: Map<string, Place>;
  readonly used: ReadonlySet<WiringBranch>;
};

function walkFromSources(wiring: Wiring, branches: readonly WiringBranch[]): Walk {
  const at = new Map<string, WiringBranch[]>();
  for (const branch of branches)
    for (const node of [branch.a, branch.b]) at.set(node, [...(at.get(node) ?? []), branch]);

  const places = new Map<string, Place>();
  const devices: DraftDevice[] = [];
  const used = new Set<WiringBranch>();
  const queue: string[] = [];
  for (const { id, node } of wiring.sources) {
    devices.push(draftDevice({ id, kind: 'substation', parent: null }, wiring.positions.get(node)));
    places.set(node, { device: id, lowVoltage: false });
    queue.push(node);
  }
  for (let head = 0; head < queue.length; head += 1) {
    const node = queue[head] ?? '';
    const here = places.get(node);
    if (here === undefined) continue;
    for (const branch of at.get(node) ?? []) {
      const far = branch.a === node ? branch.b : branch.a;
      if (branch.open || used.has(branch) || places.has(far)) continue;
      used.add(branch);
      const kind = here.lowVoltage && branch.kind !== 'fuse' ? 'lv_branch' : branch.kind;
      devices.push(
        draftDevice({ id: branch.id, kind, parent: here.device, km: branch.km }, wiring.positions.get(far)),
      );
      places.set(far, {
        device: branch.id,
        lowVoltage: here.lowVoltage || branch.kind === 'transformer',
      });
      queue.push(far);
    }
  }
  return { devices, places, used };
}

function openDevice(branch: WiringBranch, near: Place | undefined, far: Place | undefined): DraftDevice {
  return draftDevice({
    id: branch.id,
    kind: branch.kind === 'section' ? 'switch' : branch.kind,
    parent: near?.device ?? null,
    tieTo: far?.device ?? null,
    normallyOpen: true,
    km: branch.km,
  });
}

function transformerAt(devices: DraftDevice[], { device }: Place): string {
  const id = `${device}:transformer`;
  if (!devices.some((one) => one.id === id))
    devices.push(draftDevice({ id, kind: 'transformer', parent: device, placed: true }));
  return id;
}

/** A feeder begins with a breaker in its substation. */
function withBreakers(devices: readonly DraftDevice[]): readonly DraftDevice[] {
  const substations = new Set(devices.filter(({ kind }) => kind === 'substation').map(({ id }) => id));
  const placed = new Map<string, DraftDevice>();
  const below = devices.map((device) => {
    const { parent, kind } = device;
    if (parent === null || !substations.has(parent) || kind === 'breaker') return device;
    const id = `${parent}:${device.id}:breaker`;
    placed.set(id, draftDevice({ id, kind: 'breaker', parent, placed: true }));
    return { ...device, parent: id };
  });
  return [
    ...below.filter(({ kind }) => kind === 'substation'),
    ...placed.values(),
    ...below.filter(({ kind }) => kind !== 'substation'),
  ];
}

type Essential = Pick<DraftDevice, 'id' | 'kind' | 'parent'> & Partial<DraftDevice>;

export function draftDevice(
  essential: Essential,
  position?: { readonly lon: number; readonly lat: number },
): DraftDevice {
  return {
    tieTo: null,
    normallyOpen: false,
    km: 0,
    name: essential.id,
    kva: null,
    lon: position?.lon ?? null,
    lat: position?.lat ?? null,
    placed: false,
    ...essential,
  };
}
