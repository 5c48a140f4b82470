import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { isRefusal } from '#kernel/result.ts';
import { checkDraft } from './check-draft.ts';
import type { NetworkDraft } from './draft.ts';
import { parameters } from './dss-script.ts';
import { placeFuses } from './place-fuses.ts';
import { readCim } from './read-cim.ts';
import { readDss } from './read-dss.ts';
import { topologyOf } from './topology.ts';

// Feeders of IEEE as published for OpenDSS (EPRI) and CIM (Battelle); licences beside them.
const file = (name: string) => readFileSync(join(import.meta.dirname, 'testdata', name));
const dss = (...names: string[]) => {
  const files = new Map(names.map((name) => [name, file(name).toString('latin1')]));
  return readDss(files, names[0]!);
};

function kindsOf({ devices }: NetworkDraft): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const { kind, placed, normallyOpen } of devices) {
    const name = `${placed ? 'placed ' : ''}${normallyOpen ? 'open ' : ''}${kind}`;
    kinds[name] = (kinds[name] ?? 0) + 1;
  }
  return kinds;
}

const topology = ({ devices }: NetworkDraft) =>
  topologyOf(devices, new Set(devices.filter((d) => d.normallyOpen).map((d) => d.id)));

test('IEEE 13 from OpenDSS: continuation lines, banks of regulators, loads on medium voltage', () => {
  const draft = dss('IEEE13Nodeckt.dss');
  assert.deepEqual(draft.faults, []);
  assert.deepEqual(kindsOf(draft), {
    substation: 1,
    'placed breaker': 1,
    section: 13,
    transformer: 1,
    switch: 1,
    'placed transformer': 8,
  });
  assert.equal(draft.supplies.length, 15);
  assert.deepEqual(checkDraft(draft), []);
  const up = topology(draft).up('671692');
  assert.deepEqual(up, [
    '671692',
    '670671',
    '632670',
    '650632',
    'reg1',
    'sub',
    'ieee13nodeckt:sub:breaker',
    'ieee13nodeckt',
  ]);
});

test('IEEE 123 from OpenDSS: two ties, and what a transfer over one of them supplies', () => {
  const draft = dss('IEEE123Switches.dss', 'IEEE123Loads.DSS', 'IEEE123Regulators.DSS');
  assert.deepEqual(draft.faults, []);
  assert.equal(draft.supplies.length, 91);
  const ties = draft.devices.filter(({ tieTo }) => tieTo !== null);
  assert.deepEqual(ties.map(({ id, normallyOpen }) => [id, normallyOpen]).toSorted(), [
    ['sw7', true],
    ['sw8', true],
  ]);
  const normal = topology(draft);
  assert.deepEqual([normal.dark(), normal.ringClosers()], [[], []]);
  // Sw2 opens: everything behind it is dark, unless sw7 closes from the other end.
  const behind = new Set(normal.darkIfOpen(['sw2']));
  const dark = draft.supplies.filter(({ device }) => behind.has(device)).length;
  assert.ok(dark > 20 && dark < 91);
  const transferred = topologyOf(draft.devices, new Set(['sw2', 'sw8']));
  assert.deepEqual(transferred.dark(), []);
  assert.ok(transferred.up('sw2').includes('sw7'));
});

test('IEEE 13 from CIM: switches by class, states, tanks', () => {
  const draft = readCim('IEEE13.xml', gunzipSync(file('IEEE13.xml.gz')).toString('utf8'));
  assert.ok(!isRefusal(draft));
  assert.deepEqual([draft.faults, checkDraft(draft)], [[], []]);
  const { section: _section, ...kinds } = kindsOf(draft);
  assert.deepEqual(kinds, {
    substation: 1,
    'placed breaker': 2,
    breaker: 1,
    recloser: 1,
    fuse: 1,
    switch: 2,
    transformer: 2,
    'placed transformer': 8,
  });
  assert.equal(draft.supplies.length, 16);
  assert.deepEqual(topology(draft).dark(), []);
  assert.deepEqual(readCim('x', '<rdf:RDF></rdf:RDF>'), { refused: 'network.not-cim' });
});

test('the same feeder from both files joins the same nodes', () => {
  const fromDss = dss('IEEE13Nodeckt.dss');
  const fromCim = readCim('IEEE13.xml', gunzipSync(file('IEEE13.xml.gz')).toString('utf8'));
  assert.ok(!isRefusal(fromCim));
  for (const line of ['632645', '671684', '684611'])
    assert.ok(topology(fromDss).up(line).includes('650632') && topology(fromCim).up(line).includes('650632'));
});

const SMALL = `
New Circuit.c bus1=s
New Line.a bus1=s.1.2.3 bus2=m length = 1 units=km ! a comment
New Transformer.t buses=[m x] kvs=(10 0.4)
New Line.l Bus1=x Bus2=y length=100 units=ft // service
New Load.h1 bus1=y.1
`;
const small = (more: string) => readDss(new Map([['m.dss', SMALL + more]]), 'm.dss');

test('low voltage begins below the service transformer', () => {
  const draft = small('');
  assert.deepEqual(
    draft.devices.map(({ id, kind, parent, km }) => [id, kind, parent, Math.round(km * 1000)]),
    [
      ['c', 'substation', null, 0],
      ['c:a:breaker', 'breaker', 'c', 0],
      ['a', 'section', 'c:a:breaker', 1000],
      ['t', 'transformer', 'a', 0],
      ['l', 'lv_branch', 't', 30],
    ],
  );
  assert.deepEqual(draft.supplies, [{ meter: 'h1', device: 'l' }]);
});

const faultsOf = (more: string) => small(more).faults.map(({ line, item, code }) => [line, item, code]);

test('rings, islands and missing files are named with their lines', () => {
  assert.deepEqual(faultsOf('New Line.b bus1=s bus2=m2\nNew Line.ring bus1=m2 bus2=m'), [
    [8, 'ring', 'network.ring'],
  ]);
  assert.deepEqual(faultsOf('New Line.far bus1=p bus2=q\nNew Load.lost bus1=q'), [
    [7, 'far', 'network.island'],
    [null, 'lost', 'network.island'],
  ]);
  assert.deepEqual(faultsOf('Redirect sub\\Else.dss\nRedirect LineCodes2.DSS'), [
    [null, 'else.dss', 'network.missing-file'],
  ]);
  assert.deepEqual(
    faultsOf('New Line.off bus1=m bus2=s enabled=no\nNew Line.w bus1=m bus2=w\nLine.w.enabled=no'),
    [],
  );
});

test('open states: by command, by switch control; protection makes its line a device', () => {
  const ways = 'New Line.b bus1=s bus2=m2\nNew Line.tie bus1=m2 bus2=m switch=y\n';
  const tieOf = (more: string) => {
    const draft = small(ways + more);
    const tie = draft.devices.find(({ id }) => id === 'tie');
    return [draft.faults.length, tie?.kind, tie?.tieTo !== null && tie?.normallyOpen];
  };
  assert.equal(small(ways).faults[0]?.code, 'network.ring');
  assert.deepEqual(tieOf('open Line.tie terminal=2'), [0, 'switch', true]);
  assert.deepEqual(tieOf('New SwtControl.k SwitchedObj=Line.tie state=open'), [0, 'switch', true]);
  assert.deepEqual(tieOf('open line.tie\nNew Fuse.f LINE.tie 1 fusecurve=tlink'), [0, 'fuse', true]);
  assert.deepEqual(tieOf('open line.tie\nNew Recloser.r MonitoredObj=line.tie'), [0, 'recloser', true]);
});

test('values in brackets and quotes, blanks round the sign of equality', () => {
  assert.deepEqual(parameters(`Load.x kW= 0.69  pf = 0.97,xhl=(8 1000 /) like="a b" bare`), [
    [null, 'Load.x'],
    ['kw', '0.69'],
    ['pf', '0.97'],
    ['xhl', '8 1000 /'],
    ['like', 'a b'],
    [null, 'bare'],
  ]);
});

const loadsAt = (bus: string, n: number) =>
  Array.from({ length: n }, (_, i) => `New Load.${bus}${i} bus1=${bus}\n`).join('');

test('a lateral fuse stands at the smaller branch of a tap with four customers or more', () => {
  const draft = placeFuses(
    small(
      `New Line.main bus1=m bus2=n\nNew Line.lateral bus1=m bus2=o\nNew Line.twig bus1=m bus2=p\n${loadsAt('n', 6)}${loadsAt('o', 4)}${loadsAt('p', 3)}`,
    ),
  );
  const fuse = draft.devices.filter(({ kind }) => kind === 'fuse');
  assert.deepEqual(
    fuse.map(({ id, parent, placed }) => [id, parent, placed]),
    [['lateral:fuse', 'a', true]],
  );
  assert.equal(draft.devices.find(({ id }) => id === 'lateral')?.parent, 'lateral:fuse');
  assert.deepEqual(checkDraft(draft), []);
});
