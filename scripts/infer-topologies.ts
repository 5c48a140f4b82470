import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// Feeders in OpenDSS form → the device trees under bench/infer/topologies: node scripts/infer-topologies.ts FOLDER, where FOLDER holds
// `epri-ckt5` and `ieee8500`. None of the models has a full protection model; the rules for the missing devices are in the notice there.

type Edge = { readonly to: string; readonly km: number; readonly kind: Kind | undefined };
type Kind = 'breaker' | 'recloser' | 'fuse' | 'transformer';
type Device = { id: string; parent: string | null; kind: Kind; exposure: number };
type Customer = { id: string; device: string };

/** Customers below a device. */
const counts = new Map<string, number>();

/** A lateral with so many customers has a fuse, when the model names no device there. */
const FUSED_LATERAL = 4;
const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('usage: node scripts/infer-topologies.ts FOLDER\n');
  process.exit(2);
}
write('ckt5', 'sourcebus', folder, 'epri-ckt5', [
  'Lines_ckt5.dss',
  'Transformers_ckt5.dss',
  'XFR_Loads_ckt5.dss',
  'Loads_ckt5.dss',
]);
write('ieee8500', 'sourcebus', folder, 'ieee8500', [
  'Lines.dss',
  'Transformers.dss',
  'LoadXfmrCodes.dss',
  'Triplex_Lines.DSS',
  'UnbalancedLoads.DSS',
  'Regulators.dss',
  'Fuses.DSS',
]);

function write(name: string, source: string, root: string, model: string, files: readonly string[]): void {
  const text = files.map((file) => readFileSync(join(root, model, file), 'utf8')).join('\n');
  const { edges, loads } = readModel(text.replaceAll(/\r?\n~/g, ' ').split(/\r?\n/));
  const network = deviceTree(edges, loads, source);
  const file = join(import.meta.dirname, '../bench/infer/topologies', `${name}.json.gz`);
  writeFileSync(file, gzipSync(JSON.stringify(network), { level: 9 }));
  process.stdout.write(`${name}: ${network.devices.length} devices, ${network.customers.length} customers\n`);
}

function readModel(lines: readonly string[]): {
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
  readonly loads: ReadonlyMap<string, readonly string[]>;
} {
  const edges = new Map<string, Edge[]>();
  const loads = new Map<string, string[]>();
  const fused = new Set(
    lines.flatMap((line) => /^New Fuse\.\S+\s+LINE\.(\S+)/i.exec(line)?.[1]?.toLowerCase() ?? []),
  );
  const join2 = (one: string, other: string, edge: Omit<Edge, 'to'>) => {
    append(edges, one, { ...edge, to: other });
    append(edges, other, { ...edge, to: one });
  };
  for (const line of lines) {
    const [, type = '', name = ''] = /^New (Line|Transformer|Load|Reactor)\.(\S+)/i.exec(line.trim()) ?? [];
    const buses = busesOf(line);
    if (/enabled\s*=\s*(false|n)/i.test(line) || buses[0] === undefined) continue;
    if (/^load$/i.test(type)) append(loads, buses[0], name);
    else if (type !== '' && buses[1] !== undefined)
      join2(buses[0], buses[1], {
        km: /^line$/i.test(type) ? lengthOf(line) : 0,
        kind: kindOf(type, name, line, fused),
      });
  }
  return { edges, loads };
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function busesOf(line: string): readonly string[] {
  const list = /buses\s*=\s*[([]([^)\]]*)[)\]]/i.exec(line)?.[1];
  const named = [...line.matchAll(/\bbus[12]?\s*=\s*([^\s,]+)/gi)].map(([, bus = '']) => bus);
  const all = list === undefined ? named : list.trim().split(/[\s,]+/);
  return all.map((bus) => (bus.split('.')[0] ?? '').toLowerCase());
}

function lengthOf(line: string): number {
  if (/switch\s*=\s*y/i.test(line)) return 0;
  const length = Number(/length\s*=\s*([\d.]+)/i.exec(line)?.[1] ?? 0);
  return /units\s*=\s*ft/i.test(line) ? length * 0.0003048 : length;
}

function kindOf(type: string, name: string, line: string, fused: ReadonlySet<string>): Kind | undefined {
  if (/^transformer$/i.test(type)) return /bank\s*=|sub\s*=\s*y/i.test(line) ? undefined : 'transformer';
  if (/fuse$/i.test(name) || fused.has(name.toLowerCase())) return 'fuse';
  const isSwitch = /switch\s*=\s*y/i.test(line) || /ELB$/i.test(name);
  if (!isSwitch || /_int/i.test(name)) return undefined;
  return /phases\s*=\s*1|bus1\s*=\s*[^\s.]+\.[123]\s/i.test(line) ? 'fuse' : 'recloser';
}

function deviceTree(
  edges: ReadonlyMap<string, readonly Edge[]>,
  loads: ReadonlyMap<string, readonly string[]>,
  source: string,
): { readonly devices: readonly Device[]; readonly customers: readonly Customer[] } {
  const [order, children] = spanning(edges, source);
  const below = new Map<string, number>();
  for (const bus of order.toReversed()) {
    const own = loads.get(bus)?.length ?? 0;
    below.set(bus, own + sum(children.get(bus) ?? [], (edge) => below.get(edge.to) ?? 0));
  }
  const devices: Device[] = [{ id: 'd0', parent: null, kind: 'breaker', exposure: 0 }];
  const customers: Customer[] = [];
  const deviceAt = new Map<string, Device>(devices.map((one) => [source, one]));
  for (const bus of order) {
    const device = deviceAt.get(bus) as Device;
    for (const load of loads.get(bus) ?? []) customers.push({ id: load, device: device.id });
    const feeding = (children.get(bus) ?? []).filter((edge) => (below.get(edge.to) ?? 0) > 0);
    const largest = Math.max(...feeding.map((edge) => below.get(edge.to) ?? 0));
    let main = feeding.findIndex((edge) => below.get(edge.to) === largest);
    if (feeding.length < 2) main = 0;
    for (const [i, edge] of feeding.entries()) {
      const count = below.get(edge.to) ?? 0;
      const rule = i !== main && count >= FUSED_LATERAL && device.kind !== 'transformer' ? 'fuse' : undefined;
      deviceAt.set(edge.to, through(devices, device, edge, edge.kind ?? rule, count, countBelow(device)));
    }
  }
  function countBelow(device: Device): number {
    return counts.get(device.id) ?? below.get(source) ?? 0;
  }
  return { devices: withoutTwins(devices), customers };
}

/** A fuse with one transformer below it and nothing else: nobody could tell the two apart, so the transformer stands for both. */
function withoutTwins(devices: readonly Device[]): readonly Device[] {
  const byId = new Map(devices.map((one) => [one.id, one]));
  const twins = new Set(
    devices.flatMap(({ id, parent }) =>
      parent !== null && counts.get(parent) === counts.get(id) ? parent : [],
    ),
  );
  return devices
    .filter(({ id }) => !twins.has(id))
    .map((one) => {
      const above = byId.get(one.parent ?? '');
      return above === undefined || !twins.has(above.id)
        ? one
        : { ...one, parent: above.parent, exposure: round(one.exposure + above.exposure) };
    });
}

/** The device that protects what lies beyond an edge. One that would protect exactly the same customers as the one above is left out. */
function through(
  devices: Device[],
  device: Device,
  edge: Edge,
  kind: Kind | undefined,
  customers: number,
  above: number,
): Device {
  if (kind === undefined || (customers === above && kind !== 'transformer')) {
    device.exposure = round(device.exposure + edge.km);
    return device;
  }
  const next = { id: `d${devices.length}`, parent: device.id, kind, exposure: round(edge.km) };
  counts.set(next.id, customers);
  devices.push(next);
  return next;
}

function spanning(
  edges: ReadonlyMap<string, readonly Edge[]>,
  source: string,
): readonly [string[], Map<string, Edge[]>] {
  const order = [source];
  const seen = new Set(order);
  const children = new Map<string, Edge[]>();
  for (const bus of order)
    for (const edge of edges.get(bus) ?? []) {
      if (seen.has(edge.to)) continue;
      seen.add(edge.to);
      append(children, bus, edge);
      order.push(edge.to);
    }
  return [order, children];
}

function sum<T>(list: readonly T[], of: (one: T) => number): number {
  return list.reduce((total, one) => total + of(one), 0);
}

function round(km: number): number {
  return Math.round(km * 1e4) / 1e4;
}
