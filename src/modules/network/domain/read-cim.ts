import { refuse, type Refusal } from '#kernel/result.ts';
import type { NetworkDraft } from './draft.ts';
import { radialDraft, type Wiring, type WiringBranch } from './wiring.ts';

/** One resource of an RDF/XML file: its class, its plain values, and what it points to. */
type Resource = {
  readonly id: string;
  readonly kind: string;
  readonly values: ReadonlyMap<string, string>;
  readonly links: ReadonlyMap<string, string>;
};

const SWITCHES: ReadonlyMap<string, WiringBranch['kind']> = new Map([
  ['Breaker', 'breaker'],
  ['Recloser', 'recloser'],
  ['Fuse', 'fuse'],
  ['LoadBreakSwitch', 'switch'],
  ['Disconnector', 'switch'],
  ['Sectionaliser', 'switch'],
  ['Jumper', 'switch'],
  ['Cut', 'switch'],
  ['Switch', 'switch'],
]);

const LOW_VOLTAGE = 1000;

/**
 * A CIM model (IEC 61970-301, 61968-11) in RDF/XML as a network: terminals on connectivity nodes join line segments, switches and
 * transformers; energy sources are substations, energy consumers loads. State is `normalOpen`. A resource may be described in several
 * places; `rdf:ID` and `rdf:about` mean the same.
 */
export function readCim(file: string, text: string): NetworkDraft | Refusal {
  const resources = readResources(text);
  if (![...resources.values()].some(({ kind }) => kind === 'Terminal')) return refuse('network.not-cim');
  return radialDraft(wiringOf(file, resources));
}

function readResources(text: string): ReadonlyMap<string, Resource> {
  const resources = new Map<string, Resource & { values: Map<string, string>; links: Map<string, string> }>();
  const plain = text.replace(/<!--[\s\S]*?-->/g, '');
  const block = /<(?:\w+:)?(\w+)\s+rdf:(?:ID|about)\s*=\s*"([^"]*)"\s*>([\s\S]*?)<\/(?:\w+:)?\1>/g;
  for (const [, kind = '', about = '', body = ''] of plain.matchAll(block)) {
    const id = resourceId(about);
    const resource = resources.get(id) ?? { id, kind, values: new Map(), links: new Map() };
    resources.set(id, resource);
    for (const [, name = '', value = ''] of body.matchAll(/<(?:\w+:)?([\w.]+)>([^<]*)<\//g))
      resource.values.set(name, unescape(value.trim()));
    for (const [, name = '', target = ''] of body.matchAll(
      /<(?:\w+:)?([\w.]+)\s+rdf:resource\s*=\s*"([^"]*)"/g,
    ))
      resource.links.set(name, resourceId(target));
  }
  return resources;
}

function wiringOf(file: string, resources: ReadonlyMap<string, Resource>): Wiring {
  const nodes = nodesByEquipment(resources);
  const transformers = lowVoltageTransformers(resources);
  const wiring = { sources: [] as Wiring['sources'][number][], loads: [] as Wiring['loads'][number][] };
  const branches: WiringBranch[] = [];
  const names = uniqueNames(resources, nodes);
  for (const resource of resources.values()) {
    const [a, ...others] = nodes.get(resource.id) ?? [];
    if (a === undefined) continue;
    const id = names.get(resource.id) ?? resource.id;
    if (resource.kind === 'EnergySource') wiring.sources.push({ id, node: a });
    else if (resource.kind === 'EnergyConsumer') wiring.loads.push({ id, node: a });
    const kind = kindOf(resource, transformers);
    if (kind === undefined) continue;
    for (const b of others)
      branches.push({
        id: others.length === 1 ? id : `${id}:${b}`,
        kind,
        a,
        b,
        open: resource.values.get('Switch.normalOpen') === 'true',
        km: Number(resource.values.get('Conductor.length') ?? 0) / 1000 || 0,
        line: null,
      });
  }
  return { file, ...wiring, branches, positions: new Map() };
}

function kindOf(resource: Resource, transformers: ReadonlySet<string>): WiringBranch['kind'] | undefined {
  if (resource.kind === 'ACLineSegment' || resource.kind === 'SeriesCompensator') return 'section';
  if (resource.kind === 'PowerTransformer') return transformers.has(resource.id) ? 'transformer' : 'section';
  return SWITCHES.get(resource.kind);
}

/** Connectivity nodes of each piece of equipment in the order of its terminals. */
function nodesByEquipment(resources: ReadonlyMap<string, Resource>): ReadonlyMap<string, readonly string[]> {
  const terminals = [...resources.values()]
    .filter(({ kind }) => kind === 'Terminal')
    .map(({ links, values }) => ({
      equipment: links.get('Terminal.ConductingEquipment') ?? '',
      node: links.get('Terminal.ConnectivityNode') ?? links.get('Terminal.TopologicalNode') ?? '',
      order: Number(values.get('ACDCTerminal.sequenceNumber') ?? values.get('Terminal.sequenceNumber') ?? 0),
    }))
    .filter(({ node }) => node !== '');
  const grouped = Map.groupBy(terminals, ({ equipment }) => equipment);
  return new Map(
    [...grouped].map(([equipment, own]) => [
      equipment,
      [...new Set(own.toSorted((a, b) => a.order - b.order).map(({ node }) => node))],
    ]),
  );
}

/** Transformers of which one winding is below a thousand volts; windings hang on the transformer or on one of its tanks. */
function lowVoltageTransformers(resources: ReadonlyMap<string, Resource>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { kind, links, values } of resources.values()) {
    if (kind !== 'PowerTransformerEnd' && kind !== 'TransformerTankEnd') continue;
    const base = resources.get(links.get('TransformerEnd.BaseVoltage') ?? '');
    const volts = Number(
      base?.values.get('BaseVoltage.nominalVoltage') ?? values.get('PowerTransformerEnd.ratedU') ?? Infinity,
    );
    const tank = resources.get(links.get('TransformerTankEnd.TransformerTank') ?? '');
    const transformer =
      links.get('PowerTransformerEnd.PowerTransformer') ??
      tank?.links.get('TransformerTank.PowerTransformer');
    if (volts < LOW_VOLTAGE && transformer !== undefined) found.add(transformer);
  }
  return found;
}

/** The name where it is the only one of its name, else the identifier. */
function uniqueNames(
  resources: ReadonlyMap<string, Resource>,
  nodes: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, string> {
  const named = [...nodes.keys()].map((id) => ({
    id,
    name: resources.get(id)?.values.get('IdentifiedObject.name') ?? id,
  }));
  const counts = new Map<string, number>();
  for (const { name } of named) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(named.map(({ id, name }) => [id, counts.get(name) === 1 ? name : id]));
}

function resourceId(reference: string): string {
  return reference.replace(/^#_?|^urn:uuid:|^_/, '');
}

function unescape(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(\w+);/g, (whole, name: string) => named[name] ?? whole);
}
