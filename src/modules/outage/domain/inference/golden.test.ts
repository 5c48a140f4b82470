import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isRefusal } from '#kernel/result.ts';
import { type GoldenIncident, goldenWorld, shortened } from '../../testing/golden-worlds.ts';
import { createInference, type Inference } from './inference.ts';
import { readNetwork } from './network.ts';

// What the engine answered before its sums were written without logarithms: speed must not change a belief.

type Golden = Readonly<Record<string, readonly (readonly GoldenIncident[])[]>>;
const GOLDEN = JSON.parse(
  readFileSync(join(import.meta.dirname, 'testdata/golden-incidents.json'), 'utf8'),
) as Golden;

/** Plays a world; `askAlso`: the answers in between, which may not change the later ones. */
function played(seed: number, at: number, inference: Inference, from = -Infinity): readonly GoldenIncident[] {
  for (const event of goldenWorld(seed).events)
    if (event.at > from && event.at <= at) assert.equal(inference.observe(event), undefined);
  const incidents = inference.incidents(at);
  assert.ok(!isRefusal(incidents));
  return shortened(incidents);
}

function fresh(seed: number): Inference {
  const network = readNetwork(goldenWorld(seed).network);
  assert.ok(!isRefusal(network));
  return createInference(network, { faultsPerFeederHour: 6 });
}

for (const [name, answers] of Object.entries(GOLDEN))
  test(`world ${name}: devices, times and reports as before, posteriors within 1e-9`, () => {
    const seed = Number(name);
    const inference = fresh(seed);
    let from = -Infinity;
    for (const [i, at] of goldenWorld(seed).asks.entries()) {
      const found = played(seed, at, inference, from);
      from = at;
      assert.deepEqual(found.map(withoutPosterior), answers[i]?.map(withoutPosterior), `at ${at}`);
      for (const [n, [device, posterior]] of found.entries())
        assert.ok(
          Math.abs(posterior - (answers[i]?.[n]?.[1] ?? Number.NaN)) < 1e-9,
          `${device} at ${at}: ${posterior}, not ${answers[i]?.[n]?.[1]}`,
        );
    }
  });

test('what was kept of an earlier answer in the same minute changes nothing', () => {
  for (let seed = 100; seed < 106; seed += 1) {
    const kept = fresh(seed);
    let from = -Infinity;
    for (let at = 300; at < 7500; at += 25) {
      const found = played(seed, at, kept, from);
      from = at;
      if (at % 300 === 0) assert.deepEqual(found, played(seed, at, fresh(seed)), `world ${seed} at ${at}`);
    }
  }
});

function withoutPosterior([device, , ...rest]: GoldenIncident): readonly unknown[] {
  return [device, ...rest];
}
