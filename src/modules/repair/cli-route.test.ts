import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runRouteCli } from './cli-route.ts';
import type { PrintedPlan } from './domain/print-route-plan.ts';

const PROBLEM = {
  vehicles: [{ id: 1, start_index: 0, end_index: 0, capacity: [3], time_window: [0, 5000] }],
  jobs: [
    { id: 1, location_index: 1, service: 100, delivery: [1], priority: 1, time_windows: [[600, 900]] },
    { id: 2, location_index: 2, service: 100, delivery: [1] },
    { id: 3, location_index: 3, service: 100, delivery: [2], priority: 5 },
  ],
  matrices: {
    car: { durations: [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => 100 * Math.abs(i - j))) },
  },
};

async function run(text: string | Buffer, args: readonly string[] = ['--rounds', '200']) {
  const [out, err]: [string[], string[]] = [[], []];
  const exitCode = await runRouteCli(args, {
    input: (async function* () {
      // Cut within a character, as a pipe may.
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    })(),
    write: async (written) => void out.push(written),
    complain: (said) => void err.push(said),
    clock: () => performance.now(),
  });
  return { exitCode, out: out.join(''), err: err.join('') };
}

test('one problem in, one plan out, in the form of VROOM', async () => {
  const { exitCode, out, err } = await run(`\uFEFF${JSON.stringify(PROBLEM)}`);
  assert.deepEqual([exitCode, err], [0, '']);
  const plan = JSON.parse(out) as PrintedPlan;
  assert.equal(plan.code, 0);
  assert.deepEqual(
    plan.unassigned.map((job) => job['id']),
    [2],
  );
  assert.deepEqual([plan.summary.cost, plan.summary.unassigned, plan.summary.priority], [600, 1, 6]);
  const steps = plan.routes[0]?.steps ?? [];
  assert.deepEqual(
    steps.map(({ type, job, load }) => [type, job, load?.[0]]),
    [
      ['start', undefined, 3],
      ['job', 1, 2],
      ['job', 3, 0],
      ['end', undefined, 0],
    ],
  );
  // Begun as late as the window allows: nobody waits.
  assert.deepEqual(
    steps.map(({ arrival }) => arrival),
    [500, 600, 900, 1300],
  );
  assert.equal(plan.summary.waiting_time, 0);
});

test('stopped by rounds, the same seed gives the same bytes', async () => {
  const text = JSON.stringify(PROBLEM);
  const args = ['--rounds', '50', '--seed', '9'];
  assert.equal((await run(text, args)).out, (await run(text, args)).out);
});

test('coordinates without a matrix: 1.3 times the crow at 40 km/h', async () => {
  const { out } = await run(
    JSON.stringify({
      vehicles: [{ id: 1, start: [122, 37], end: [122, 37] }],
      jobs: [{ id: 1, location: [122, 37.1], description: '龙山路 12 号' }],
    }),
  );
  const { routes } = JSON.parse(out) as PrintedPlan;
  // A tenth of a degree is 11.12 km: 14.46 km of road, 1,301 seconds.
  assert.equal(routes[0]?.duration, 2 * 1301);
  assert.equal(routes[0].steps[1]?.description, '龙山路 12 号');
});

test('what cannot be read ends with 2 and one sentence that names the place', async () => {
  const wrong: [unknown, string][] = [
    [{ ...PROBLEM, shipments: [{}] }, 'shipments is not supported; leave it out.'],
    [{ ...PROBLEM, vehicles: [] }, 'vehicles must not be empty.'],
    [
      { ...PROBLEM, jobs: [{ ...PROBLEM.jobs[0], time_windows: [[9, 1]] }] },
      'jobs[0].time_windows[0] must be [from, to] with from not after to.',
    ],
    [{ ...PROBLEM, jobs: [PROBLEM.jobs[0], PROBLEM.jobs[0]] }, 'jobs[1].id was used before.'],
    [{ ...PROBLEM, jobs: [{ id: 1, location_index: 4 }] }, 'jobs[0].location_index lies outside the matrix.'],
    [
      { ...PROBLEM, jobs: [{ id: 1, location_index: 1, service: 1.5 }] },
      'jobs[0].service must be a whole number from 0 to 2147483647.',
    ],
    [
      { ...PROBLEM, jobs: [{ id: 1, location_index: 1, delivery: [1, 1] }] },
      'jobs[0].delivery must count as many goods as the other amounts.',
    ],
    [
      { ...PROBLEM, matrices: { car: { durations: [[0, 1], [1]] } } },
      'matrices.car.durations[1] must be square: as many columns as rows.',
    ],
    [
      { ...PROBLEM, vehicles: [{ id: 1, start_index: 0, profile: 'bike' }] },
      'vehicles[0].profile has no matrix.',
    ],
    [
      { ...PROBLEM, vehicles: [{ id: 1, start_index: 0, steps: [{}] }] },
      'vehicles[0].steps is not supported; leave it out.',
    ],
    [
      { vehicles: [{ id: 1, start_index: 0 }], jobs: [] },
      'vehicles[0].start_index needs matrices; without them give coordinates.',
    ],
    [
      { ...PROBLEM, jobs: [{ id: 1, location_index: 1, time_window: [0, 1] }] },
      'jobs[0].time_window is no member of the format.',
    ],
    [[], 'The problem must be an object.'],
  ];
  for (const [problem, said] of wrong) {
    const { exitCode, out, err } = await run(JSON.stringify(problem), ['--lang', 'en']);
    assert.deepEqual([exitCode, out, err], [2, '', `${said}\n`]);
    const chinese = await run(JSON.stringify(problem));
    assert.equal(chinese.exitCode, 2);
    assert.match(chinese.err, /[\u4e00-\u9fff].*。\n$/u);
  }
});

test('text that is no JSON or no UTF-8, a missing file and a wrong option end with 2', async () => {
  for (const [text, args] of [
    ['{"jobs"', []],
    [Buffer.from([0x7b, 0xff]), []],
    ['{}', ['/no/such/file.json']],
    ['{}', ['--seconds', '0']],
    ['{}', ['--rounds', '1.5']],
    ['{}', ['--speed', '1']],
  ] as const) {
    const { exitCode, out, err } = await run(text, args);
    assert.deepEqual([exitCode, out], [2, '']);
    assert.notEqual(err, '');
  }
});

test('nothing to do is a plan too, and --help ends with 0', async () => {
  const { exitCode, out } = await run(JSON.stringify({ ...PROBLEM, jobs: [] }));
  assert.equal(exitCode, 0);
  assert.deepEqual((JSON.parse(out) as PrintedPlan).routes, []);
  assert.equal((await run('', ['--help'])).exitCode, 0);
});

test('seconds are kept', async () => {
  const jobs = Array.from({ length: 60 }, (_, id) => ({
    id,
    location: [122 + id / 100, 37 + (id % 7) / 50],
  }));
  const vehicles = [1, 2, 3].map((id) => ({ id, start: [122, 37] }));
  const begun = performance.now();
  const { exitCode } = await run(JSON.stringify({ jobs, vehicles }), [
    '--seconds',
    String((begun + 300) / 1000),
  ]);
  const spent = performance.now() - begun;
  assert.equal(exitCode, 0);
  assert.ok(spent > 200 && spent < 2000, `${spent} ms`);
});
