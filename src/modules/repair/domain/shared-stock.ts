import type { Crew, Fault } from './dispatch-facts.ts';
import { jobsOf, type RouteBook } from './route-book.ts';

/** The stock of the points while a plan is made: what each route takes is no longer there for the other crews of its grid. */
export type SharedStock = {
  /** Enough is left for this job beside everything that is planned. */
  readonly has: (job: number, route: number) => boolean;
  /** There would be enough if nothing else were planned. */
  readonly held: (job: number, route: number) => boolean;
  /** Takes in what the jobs on a route need now; false: the grid has not so much. */
  readonly take: (route: number, book: RouteBook) => boolean;
};

export function sharedStock(crews: readonly Crew[], faults: readonly Fault[]): SharedStock {
  const goods = [...new Set(faults.flatMap(({ materials }) => Object.keys(materials)))];
  const need = faults.map(({ materials }) => goods.map((good) => materials[good] ?? 0));
  const grids = [...new Set(crews.map(({ grid }) => grid))];
  const pointOf = crews.map(({ grid }) => grids.indexOf(grid));
  const whole = grids.map((grid) => {
    const own = crews.find((crew) => crew.grid === grid)?.materials ?? {};
    return goods.map((good) => own[good] ?? 0);
  });
  const left = whole.map((amounts) => [...amounts]);
  const taken = crews.map(() => goods.map(() => 0));
  if (goods.length === 0) return { has: () => true, held: () => true, take: () => true };

  return {
    has: (job, route) => covers(left[pointOf[route] as number] ?? [], need[job] ?? []),
    held: (job, route) => covers(whole[pointOf[route] as number] ?? [], need[job] ?? []),
    take,
  };

  function take(route: number, book: RouteBook): boolean {
    const rest = left[pointOf[route] as number] as number[];
    const own = taken[route] as number[];
    for (let i = 0; i < goods.length; i += 1) {
      rest[i] = (rest[i] as number) + (own[i] as number);
      own[i] = 0;
    }
    for (const job of jobsOf(book, route))
      for (const [i, amount] of (need[job] as readonly number[]).entries())
        own[i] = (own[i] as number) + amount;
    for (let i = 0; i < goods.length; i += 1) rest[i] = (rest[i] as number) - (own[i] as number);
    return rest.every((amount) => amount >= 0);
  }
}

function covers(stock: readonly number[], need: readonly number[]): boolean {
  return need.every((amount, i) => amount <= (stock[i] as number));
}
