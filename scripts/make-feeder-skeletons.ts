import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DraftDevice, type NetworkDraft, placeFuses, readDss } from '#modules/network/domain/index.ts';

// Digests the OpenDSS models of EPRI ckt5 and the IEEE 8500-node feeder into the skeletons from which the demonstration draws its medium
// voltage: `node scripts/make-feeder-skeletons.ts <folder with epri-ckt5/ and ieee8500/>`. Run once; its output is committed.

const OUT = join(import.meta.dirname, '../src/testing/demo/data/feeder-skeletons.json');

const MODELS = [
  { name: 'EPRI ckt5', folder: 'epri-ckt5', master: 'Redirect Master_ckt5.dss' },
  {
    name: 'IEEE 8500-node',
    folder: 'ieee8500',
    // The master leaves the fuses out.
    master: 'Redirect Master-unbal.dss\nRedirect Fuses.DSS',
  },
] as const;

const NOTICE =
  'Topology digested from OpenDSS models: Copyright (c) 2018-2024 DSS-Extensions contributors, Copyright (c) 2008-2024 Electric Power Research Institute, Inc. BSD 3-Clause: src/modules/network/domain/testdata/LICENSE.dss-extensions-EPRI.txt';

const [root] = process.argv.slice(2);
if (root === undefined) throw new Error('name the folder that holds epri-ckt5/ and ieee8500/');
const feeders = MODELS.map(({ name, folder, master }) => {
  const files = new Map<string, string>([['all.dss', master]]);
  for (const file of readdirSync(join(root, folder)))
    files.set(file, readFileSync(join(root, folder, file), 'latin1'));
  const nodes = skeleton(placeFuses(readDss(files, 'all.dss')));
  return { name, nodes };
});
const lines = feeders.map(
  ({ name, nodes }) =>
    `{"name":${JSON.stringify(name)},"nodes":[\n${nodes.map((node) => JSON.stringify(node)).join(',')}\n]}`,
);
writeFileSync(OUT, `{"notice":${JSON.stringify(NOTICE)},\n"feeders":[${lines.join(',\n')}]}\n`);

type Node = readonly [kind: string, parent: number, metres: number];

/** Depth first, parents before children; the feeder's head first. Low voltage is left out, chains of sections are one. */
function skeleton(draft: NetworkDraft): readonly Node[] {
  const children = Map.groupBy(
    draft.devices.filter(({ kind }) => kind !== 'lv_branch' && kind !== 'meter_box'),
    ({ parent }) => parent ?? '',
  );
  const head = draft.devices.find(({ kind }) => kind === 'breaker');
  if (head === undefined) throw new Error('the feeder has no breaker');
  const nodes: Node[] = [];
  const visit = (device: DraftDevice, parent: number, metres: number): void => {
    const own = metres + Math.round(device.km * 1000);
    const below = children.get(device.id) ?? [];
    const [only] = below;
    if (device.kind === 'section' && below.length < 2) {
      if (only !== undefined) visit(only, parent, own);
      return;
    }
    nodes.push([device.kind, parent, own]);
    const at = nodes.length - 1;
    for (const child of below) visit(child, at, 0);
  };
  visit(head, -1, 0);
  return nodes;
}
