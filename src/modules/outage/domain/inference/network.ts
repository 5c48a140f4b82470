import { isRefusal, refuse, type Refusal } from '#kernel/result.ts';

const DEVICE_KINDS = [
  'breaker',
  'recloser',
  'switch',
  'fuse',
  'transformer',
  'lv_branch',
  'meter_box',
] as const;

export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** As the owner of the network names a thing; printed again as it was given. */
export type Name = string | number;

/**
 * A radial network in flat arrays. Devices are numbered so that each stands before those below it and `[d, end[d])` are `d` and all
 * below: a subtree is a range, and going backwards through the numbers meets children before parents.
 */
export type Network = {
  readonly devices: readonly Name[];
  readonly kinds: readonly DeviceKind[];
  /** The device above, -1 for the head of a feeder. */
  readonly parent: Int32Array;
  readonly end: Int32Array;
  /** The head of the feeder that a device hangs on. */
  readonly feeder: Int32Array;
  /** Kilometres exposed. */
  readonly exposure: Float64Array;
  readonly customers: readonly Name[];
  readonly customerDevice: Int32Array;
  readonly metered: Uint8Array;
  readonly customersBelow: Int32Array;
  readonly metersBelow: Int32Array;
  readonly deviceNamed: ReadonlyMap<string, number>;
  readonly customerNamed: ReadonlyMap<string, number>;
};

type Given = {
  readonly id: Name;
  readonly parent: string | null;
  readonly kind: DeviceKind;
  readonly exposure: number;
};

/** A network file as parsed JSON: `{devices: [{id, parent, kind, exposure?}], customers: [{id, device, meter?}]}`. */
export function readNetwork(json: unknown): Network | Refusal {
  const devices = listOf(json, 'devices');
  if (isRefusal(devices)) return devices;
  const customers = listOf(json, 'customers');
  if (isRefusal(customers)) return customers;
  const given = readDevices(devices);
  if (isRefusal(given)) return given;
  const tree = orderTree(given);
  return isRefusal(tree) ? tree : hangCustomers(tree, customers);
}

function listOf(json: unknown, member: string): readonly unknown[] | Refusal {
  const list = isRecord(json) ? json[member] : undefined;
  return Array.isArray(list) ? list : refuse('infer.no-list', { member });
}

function readDevices(list: readonly unknown[]): ReadonlyMap<string, Given> | Refusal {
  const found = new Map<string, Given>();
  for (const [place, device] of list.entries()) {
    const read = readDevice(device, place + 1);
    if (isRefusal(read)) return read;
    const key = String(read.id);
    const earlier = found.get(key);
    if (earlier !== undefined)
      return refuse(earlier.parent === read.parent ? 'infer.device-twice' : 'infer.two-parents', {
        device: key,
      });
    found.set(key, read);
  }
  for (const { id, parent } of found.values())
    if (parent !== null && !found.has(parent)) return refuse('infer.unknown-parent', { device: id, parent });
  return found;
}

function readDevice(device: unknown, place: number): Given | Refusal {
  if (!isRecord(device) || !isName(device['id'])) return refuse('infer.bad-device', { place });
  const { id, parent, kind, exposure = 1 } = device;
  if (parent !== null && !isName(parent)) return refuse('infer.bad-parent', { device: id });
  const known = DEVICE_KINDS.find((one) => one === kind);
  if (known === undefined) return refuse('infer.unknown-kind', { device: id, kind: String(kind) });
  if (typeof exposure !== 'number' || !Number.isFinite(exposure) || exposure < 0)
    return refuse('infer.bad-exposure', { device: id });
  return { id, parent: parent === null ? null : String(parent), kind: known, exposure };
}

type Tree = Pick<Network, 'devices' | 'kinds' | 'parent' | 'end' | 'feeder' | 'exposure' | 'deviceNamed'>;

function orderTree(given: ReadonlyMap<string, Given>): Tree | Refusal {
  const below = new Map<string | null, string[]>();
  for (const [key, { parent }] of given) {
    const siblings = below.get(parent);
    if (siblings === undefined) below.set(parent, [key]);
    else siblings.push(key);
  }
  const numbered = new Map<string, number>();
  const end = new Int32Array(given.size);
  // A stack instead of recursion: a chain of a hundred thousand devices is a network too. `null` closes the device before it.
  const stack: (string | null)[] = [...(below.get(null) ?? [])].toReversed();
  const open: number[] = [];
  while (stack.length > 0) {
    const key = stack.pop() ?? null;
    if (key === null) {
      end[open.pop() ?? 0] = numbered.size;
      continue;
    }
    open.push(numbered.size);
    numbered.set(key, numbered.size);
    stack.push(null);
    for (const child of (below.get(key) ?? []).toReversed()) stack.push(child);
  }
  const looping = [...given.keys()].find((key) => !numbered.has(key));
  if (looping !== undefined) return refuse('infer.loop', { device: looping });
  return flatten(given, numbered, end);
}

function flatten(
  given: ReadonlyMap<string, Given>,
  numbered: ReadonlyMap<string, number>,
  end: Int32Array,
): Tree {
  const inOrder = [...numbered.keys()].flatMap((key) => given.get(key) ?? []);
  const parent = Int32Array.from(inOrder, (one) =>
    one.parent === null ? -1 : (numbered.get(one.parent) ?? -1),
  );
  const feeder = new Int32Array(inOrder.length);
  for (let d = 0; d < feeder.length; d += 1) {
    const above = parent[d] as number;
    feeder[d] = above < 0 ? d : (feeder[above] as number);
  }
  return {
    devices: inOrder.map((one) => one.id),
    kinds: inOrder.map((one) => one.kind),
    parent,
    end,
    feeder,
    exposure: Float64Array.from(inOrder, (one) => one.exposure),
    deviceNamed: numbered,
  };
}

function hangCustomers(tree: Tree, list: readonly unknown[]): Network | Refusal {
  const names: Name[] = [];
  const customerNamed = new Map<string, number>();
  const customerDevice = new Int32Array(list.length);
  const metered = new Uint8Array(list.length);
  for (const [x, customer] of list.entries()) {
    if (!isRecord(customer) || !isName(customer['id'])) return refuse('infer.bad-customer', { place: x + 1 });
    const { id, device, meter = false } = customer;
    if (customerNamed.has(String(id))) return refuse('infer.customer-twice', { customer: id });
    if (typeof meter !== 'boolean') return refuse('infer.bad-meter', { customer: id });
    const hangsOn = isName(device) ? tree.deviceNamed.get(String(device)) : undefined;
    if (hangsOn === undefined)
      return refuse('infer.unknown-device', { customer: id, device: isName(device) ? device : '' });
    customerNamed.set(String(id), x);
    names.push(id);
    customerDevice[x] = hangsOn;
    metered[x] = meter ? 1 : 0;
  }
  return {
    ...tree,
    ...countBelow(tree.parent, customerDevice, metered),
    customers: names,
    customerDevice,
    metered,
    customerNamed,
  };
}

/** The same network with a meter at every customer, or at none: what is expected of meters changes with their head-end. */
export function withMeters(network: Network, metered: boolean): Network {
  const { customers, customersBelow } = network;
  return {
    ...network,
    metered: new Uint8Array(customers.length).fill(metered ? 1 : 0),
    metersBelow: metered ? customersBelow : new Int32Array(customersBelow.length),
  };
}

function countBelow(
  parent: Int32Array,
  customerDevice: Int32Array,
  metered: Uint8Array,
): Pick<Network, 'customersBelow' | 'metersBelow'> {
  const customersBelow = new Int32Array(parent.length);
  const metersBelow = new Int32Array(parent.length);
  for (let x = 0; x < customerDevice.length; x += 1) {
    const d = customerDevice[x] as number;
    customersBelow[d] = (customersBelow[d] as number) + 1;
    metersBelow[d] = (metersBelow[d] as number) + (metered[x] as number);
  }
  for (let d = parent.length - 1; d >= 0; d -= 1) {
    const above = parent[d] as number;
    if (above < 0) continue;
    customersBelow[above] = (customersBelow[above] as number) + (customersBelow[d] as number);
    metersBelow[above] = (metersBelow[above] as number) + (metersBelow[d] as number);
  }
  return { customersBelow, metersBelow };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isName(value: unknown): value is Name {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}
