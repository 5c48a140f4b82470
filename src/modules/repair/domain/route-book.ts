/**
 * Who does what in which order, as linked lists over nodes: job `k` is node `k`; route `r` begins at node `startOf(r)` and ends at
 * the node after it. Arrays, because the search changes them a million times a minute.
 */
export type RouteBook = {
  readonly jobs: number;
  readonly routes: number;
  readonly next: Int32Array;
  readonly prev: Int32Array;
  /** The route of a job; -1 while nobody does it. */
  readonly routeOf: Int32Array;
  /** How many jobs a route has. */
  readonly size: Int32Array;
};

export const ABSENT = -1;

export function emptyBook(jobs: number, routes: number): RouteBook {
  const nodes = jobs + 2 * routes;
  const book = {
    jobs,
    routes,
    next: new Int32Array(nodes).fill(-1),
    prev: new Int32Array(nodes).fill(-1),
    routeOf: new Int32Array(jobs).fill(ABSENT),
    size: new Int32Array(routes),
  };
  for (let route = 0; route < routes; route += 1) clearRoute(book, route);
  return book;
}

export function startOf(book: RouteBook, route: number): number {
  return book.jobs + 2 * route;
}

export function putAfter(book: RouteBook, job: number, node: number, route: number): void {
  const { next, prev } = book;
  const following = next[node] as number;
  next[node] = job;
  prev[job] = node;
  next[job] = following;
  prev[following] = job;
  book.routeOf[job] = route;
  book.size[route] = (book.size[route] as number) + 1;
}

export function takeOut(book: RouteBook, job: number): void {
  const before = book.prev[job] as number;
  const following = book.next[job] as number;
  book.next[before] = following;
  book.prev[following] = before;
  const route = book.routeOf[job] as number;
  book.size[route] = (book.size[route] as number) - 1;
  book.routeOf[job] = ABSENT;
}

/** Forgets the jobs of a route without touching what is known about them. */
export function clearRoute(book: RouteBook, route: number): void {
  const start = startOf(book, route);
  book.next[start] = start + 1;
  book.prev[start + 1] = start;
  book.size[route] = 0;
}

export function jobsOf(book: RouteBook, route: number): number[] {
  const jobs: number[] = [];
  for (
    let node = book.next[startOf(book, route)] as number;
    node < book.jobs;
    node = book.next[node] as number
  )
    jobs.push(node);
  return jobs;
}
