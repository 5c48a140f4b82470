import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DrawnProblem } from '#modules/repair/testing/random-problem.ts';

// The 29 first-series instances of Solomon (1987) with their best-known distances; licences beside them.

const FOLDER = join(import.meta.dirname, 'routing');
const PLACE = /^\s*\d+(?:\s+\d+){6}\s*$/;
const FLEET = /^\s*(\d+)\s+(\d+)\s*$/;

/** Instance by instance: name, and the best known distance in tenths. */
export function bestKnown(): readonly { readonly name: string; readonly best: number }[] {
  const rows = readFileSync(join(FOLDER, 'best-known.csv'), 'utf8').trim().split('\n').slice(1);
  return rows.map((row) => {
    const [name = '', , distance] = row.split(',');
    return { name, best: Math.round(Number(distance) * 10) };
  });
}

type Place = {
  readonly x: number;
  readonly y: number;
  readonly demand: number;
  readonly window: readonly [number, number];
  readonly service: number;
};

/** The depot and the customers of an instance; times in tenths. */
export function placesOf(name: string): readonly Place[] {
  const places = linesOf(name).filter((line) => PLACE.test(line));
  return places.map((line) => {
    const [, x = 0, y = 0, demand = 0, from = 0, to = 0, service = 0] = line.trim().split(/\s+/).map(Number);
    return { x, y, demand, window: [from * 10, to * 10], service: service * 10 };
  });
}

function linesOf(name: string): readonly string[] {
  return readFileSync(join(FOLDER, `${name}.txt`), 'utf8').split('\n');
}

/** An instance in the convention of DIMACS: distances with one decimal, cut off; everything in tenths. */
export function solomon(name: string): DrawnProblem {
  const fleet = FLEET.exec(linesOf(name).find((line) => FLEET.test(line)) ?? '');
  const [depot, ...customers] = placesOf(name);
  if (fleet === null || depot === undefined) throw new Error(`${name} is no instance of Solomon`);
  const all = [depot, ...customers];
  const durations = all.map((a) => all.map((b) => Math.floor(10 * Math.hypot(a.x - b.x, a.y - b.y) + 1e-9)));
  const nothing = { setup: 0, pickup: [], skills: [], priority: 0 };
  return {
    jobs: customers.map(({ demand, window, service }, i) => ({
      ...nothing,
      id: i + 1,
      location_index: i + 1,
      service,
      delivery: [demand],
      time_windows: [window],
    })),
    vehicles: Array.from({ length: Number(fleet[1]) }, (_, id) => ({
      id,
      profile: 'car',
      start_index: 0,
      end_index: 0,
      capacity: [Number(fleet[2])],
      skills: [],
      time_window: depot.window,
      breaks: [],
      speed_factor: 1,
      max_tasks: customers.length,
      costs: { fixed: 0 },
    })),
    matrices: { car: { durations } },
  };
}
