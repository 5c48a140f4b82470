/** Seconds and costs between locations, twice: row by row, and turned (`…To`), so that both ways of one place lie together. */
export type Matrix = {
  readonly size: number;
  readonly time: Int32Array;
  readonly timeTo: Int32Array;
  readonly cost: Int32Array;
  readonly costTo: Int32Array;
};

/** Half-open nowhere: a window holds both of its ends, as VROOM's do. Sorted, apart from each other. */
export type Windows = readonly (readonly [number, number])[];

export type Break = {
  readonly id: number;
  readonly description?: string;
  readonly windows: Windows;
  readonly service: number;
};

export type Job = {
  readonly id: number;
  readonly description?: string;
  readonly place: number;
  readonly coordinates?: readonly [number, number];
  readonly locationIndex?: number;
  readonly setup: number;
  readonly service: number;
  readonly delivery: readonly number[];
  readonly pickup: readonly number[];
  readonly skills: readonly number[];
  readonly priority: number;
  readonly windows: Windows;
};

/** Where a vehicle begins or ends. */
export type Depot = {
  readonly place: number;
  readonly coordinates?: readonly [number, number];
  readonly locationIndex?: number;
};

export type Vehicle = {
  readonly id: number;
  readonly description?: string;
  readonly profile: string;
  readonly start?: Depot;
  readonly end?: Depot;
  readonly capacity: readonly number[];
  readonly skills: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly breaks: readonly Break[];
  readonly maxTasks: number;
  readonly maxTravel: number;
  readonly fixedCost: number;
  readonly matrix: Matrix;
};

/** A routing problem as the search reads it: whole seconds, places as rows of the matrices, hard windows. */
export type RouteProblem = {
  readonly jobs: readonly Job[];
  readonly vehicles: readonly Vehicle[];
  /** The place that is nowhere: everything is at no distance from it. */
  readonly nowhere: number;
  readonly dimensions: number;
};

/** The end of time: 2^31 - 1 seconds. */
export const NEVER = 2_147_483_647;
