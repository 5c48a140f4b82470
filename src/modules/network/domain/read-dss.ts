import type { NetworkDraft } from './draft.ts';
import { type DssModel, type DssObject, readDssScript } from './dss-script.ts';
import { radialDraft, type Wiring, type WiringBranch } from './wiring.ts';

/** Kilometres of OpenDSS's units of length; without one the number is taken as metres, which the models here use for busbars. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['km', 1],
  ['m', 0.001],
  ['cm', 0.000_01],
  ['mi', 1.609_344],
  ['ft', 0.000_304_8],
  ['kft', 0.304_8],
  ['in', 0.000_025_4],
]);

/** Below this a transformer feeds low voltage and is a 台区; above it is a regulator or stands in the substation. */
const LOW_VOLTAGE_KV = 1;

/**
 * An OpenDSS model as a network: lines, switches (`switch=y`), fuses, reclosers and relays on lines, transformers, loads. `files` by name;
 * `master` is the one to begin with. Coordinates are kept only when they are degrees. Files that are named and not given are faults unless
 * they hold nothing that topology needs.
 */
export function readDss(files: ReadonlyMap<string, string>, master: string): NetworkDraft {
  const model = readDssScript(files, master);
  const draft = radialDraft(wiringOf(model, master, files));
  const missing = model.missing
    .filter((name) => !/line ?codes?|loadshapes?|wiredata/.test(name))
    .map((name) => ({ file: master, line: null, item: name, code: 'network.missing-file' }));
  return { ...draft, faults: [...missing, ...draft.faults] };
}

function wiringOf(model: DssModel, master: string, files: ReadonlyMap<string, string>): Wiring {
  const guards = guardsOf(model);
  const branches: WiringBranch[] = [];
  const loads: { id: string; node: string }[] = [];
  const sources: { id: string; node: string }[] = [];
  for (const object of model.objects.values()) {
    if (isOff(object)) continue;
    if (object.kind === 'line') branches.push(lineBranch(object, model, guards));
    else if (object.kind === 'transformer') branches.push(...transformerBranches(object, model));
    else if (object.kind === 'reactor') branches.push(...reactorBranches(object));
    else if (object.kind === 'load') loads.push({ id: object.name, node: busOf(last(object, 'bus1') ?? '') });
    else if (object.kind === 'circuit' || object.kind === 'object=circuit')
      sources.push({ id: object.name, node: busOf(last(object, 'bus1') ?? 'sourcebus') });
  }
  return { file: master, sources, branches, loads, positions: positionsOf(model, files) };
}

type GuardKind = 'fuse' | 'recloser' | 'breaker';

/** Protection stands on a line and makes it that device. */
function guardsOf(model: DssModel): ReadonlyMap<string, GuardKind> {
  const kinds: Readonly<Record<string, GuardKind>> = { fuse: 'fuse', recloser: 'recloser', relay: 'breaker' };
  const guards = new Map<string, GuardKind>();
  for (const object of model.objects.values()) {
    const kind = kinds[object.kind];
    const guarded = last(object, 'monitoredobj') ?? object.properties.find(([name]) => name === null)?.[1];
    if (kind !== undefined && guarded !== undefined) guards.set(guarded.toLowerCase(), kind);
  }
  return guards;
}

function lineBranch(
  object: DssObject,
  model: DssModel,
  guards: ReadonlyMap<string, GuardKind>,
): WiringBranch {
  const full = `line.${object.name}`;
  const all = { ...object, properties: inherited(object, model) };
  // Circuits of EPRI carry the device in the name of the line: MDV201_99422FUSE.
  const isFuse = object.name.endsWith('fuse');
  const isSwitch = /^[yt]/i.test(last(all, 'switch') ?? '');
  const unit = UNITS.get((last(all, 'units') ?? 'm').toLowerCase()) ?? 0.001;
  return {
    id: object.name,
    kind: guards.get(full) ?? (isSwitch ? 'switch' : isFuse ? 'fuse' : 'section'),
    a: busOf(last(all, 'bus1') ?? ''),
    b: busOf(last(all, 'bus2') ?? ''),
    open: model.opened.has(full) || isSwitchedOff(full, model),
    km: Number(last(all, 'length') ?? 0) * unit || 0,
    line: object.line,
  };
}

function isSwitchedOff(full: string, model: DssModel): boolean {
  for (const object of model.objects.values()) {
    if (object.kind !== 'swtcontrol' || last(object, 'switchedobj')?.toLowerCase() !== full) continue;
    const state = last(object, 'state') ?? last(object, 'action') ?? last(object, 'normal') ?? '';
    if (/^o/i.test(state)) return true;
  }
  return false;
}

/** One branch from the first winding to each further one. */
function transformerBranches(object: DssObject, model: DssModel): readonly WiringBranch[] {
  const { buses, kvs } = windingsOf(inherited(object, model));
  const [first, ...others] = [...new Set(buses.map(busOf))];
  const lowest = Math.min(...kvs.filter((kv) => kv > 0));
  const kind = lowest < LOW_VOLTAGE_KV ? 'transformer' : 'section';
  return others.map((bus) => ({
    id: others.length === 1 ? object.name : `${object.name}:${bus}`,
    kind,
    a: first ?? '',
    b: bus,
    open: model.opened.has(`transformer.${object.name}`),
    km: 0,
    line: object.line,
  }));
}

/** Only reactors in series lead on; to earth they lead nowhere. */
function reactorBranches(object: DssObject): readonly WiringBranch[] {
  const [bus1, bus2] = [last(object, 'bus1'), last(object, 'bus2')];
  if (bus1 === undefined || bus2 === undefined) return [];
  return [
    {
      id: object.name,
      kind: 'section',
      a: busOf(bus1),
      b: busOf(bus2),
      open: false,
      km: 0,
      line: object.line,
    },
  ];
}

function windingsOf(properties: DssObject['properties']): {
  readonly buses: readonly string[];
  readonly kvs: readonly number[];
} {
  const buses: string[] = [];
  const kvs: number[] = [];
  let winding = 0;
  for (const [name, value] of properties) {
    if (name === 'wdg') winding = Number(value) - 1;
    else if (name === 'bus') buses[winding] = value;
    else if (name === 'kv') kvs[winding] = Number(value);
    else if (name === 'buses') buses.splice(0, buses.length, ...listOf(value));
    else if (name === 'kvs') kvs.splice(0, kvs.length, ...listOf(value).map(Number));
  }
  return { buses: buses.filter((bus) => bus !== undefined), kvs };
}

/** Properties with those of `like=` and of the transformer's code before them. */
function inherited(object: DssObject, model: DssModel, depth = 0): DssObject['properties'] {
  const parents = object.properties.flatMap(([name, value]) => {
    if (depth > 8 || (name !== 'like' && name !== 'xfmrcode')) return [];
    const kind = name === 'like' ? object.kind : 'xfmrcode';
    const parent = model.objects.get(`${kind}.${value.toLowerCase()}`);
    return parent === undefined || parent === object ? [] : inherited(parent, model, depth + 1);
  });
  return [...parents, ...object.properties];
}

function positionsOf(model: DssModel, files: ReadonlyMap<string, string>): Wiring['positions'] {
  const positions = new Map<string, { lon: number; lat: number }>();
  for (const [name, text] of files) {
    if (!model.coordinates.some((known) => name.toLowerCase().endsWith(known))) continue;
    for (const line of text.split(/\r?\n/)) {
      const [bus = '', lon = Number.NaN, lat = Number.NaN] = line
        .trim()
        .split(/[\s,]+/)
        .map((part, i) => (i === 0 ? part : Number(part))) as [string, number, number];
      // Most models have feet or nothing at all as coordinates: only degrees are a place on the map.
      if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) positions.set(bus.toLowerCase(), { lon, lat });
    }
  }
  return positions;
}

function isOff(object: DssObject): boolean {
  return /^[nf]/i.test(last(object, 'enabled') ?? '');
}

function last(object: DssObject, property: string): string | undefined {
  return object.properties.findLast(([name]) => name === property)?.[1];
}

function listOf(value: string): readonly string[] {
  return value.split(/[\s,]+/).filter((item) => item !== '');
}

/** `671.1.3` is the bus 671. */
function busOf(terminal: string): string {
  return (terminal.split('.')[0] ?? '').toLowerCase();
}
