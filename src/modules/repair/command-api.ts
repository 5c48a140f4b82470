import type { Audience, EstimateSource, NextTelling, Stage } from './domain/index.ts';

// What the command page shows. The web app imports the types only.

type LocalName = { readonly zh: string; readonly en: string };

/** One open repair: an order with its cases. `id` names the line. */
export type CommandRow = {
  readonly id: string;
  readonly orderId: string;
  /** The first report that the reader may see; its number is the order's. */
  readonly caseId: string;
  readonly no: string;
  readonly cases: number;
  readonly process: LocalName;
  readonly stage: Stage;
  /** What it waits for now, by the handbook. */
  readonly steps: readonly LocalName[];
  readonly hazard: boolean;
  readonly urgency: string | null;
  /** The card of the typical fault that the crew found. */
  readonly fault: string | null;
  readonly since: number;
  readonly place: string | null;
  readonly area: 'city' | 'rural' | 'remote' | null;
  readonly transformer: string | null;
  readonly feeder: string | null;
  /** [longitude, latitude], and what they are of. */
  readonly at: readonly [number, number] | null;
  readonly located: 'household' | 'point' | null;
  readonly station: string | null;
  readonly crew: { readonly unit: string; readonly holder: string | null } | null;
  /** Households that are known to be dark by it. */
  readonly households: number;
  readonly important: number;
  readonly medical: number;
  /** The promise to be there. */
  readonly arrival: {
    readonly startedAt: number;
    readonly dueAt: number;
    readonly metAt: number | null;
  } | null;
  /** The promise that ends next. */
  readonly leading: {
    readonly limit: LocalName;
    readonly startedAt: number;
    readonly dueAt: number;
    readonly paused: boolean;
  } | null;
  /** Since when 县调's permission is waited for. */
  readonly permissionSince: number | null;
  readonly estimate: { readonly at: number; readonly source: EstimateSource } | null;
  /** Who must hear something next. */
  readonly telling: {
    readonly audience: Audience;
    readonly since: number;
    readonly dueAt: number;
    readonly why: NextTelling['why'];
  } | null;
};

export type CommandView = {
  readonly now: number;
  /** Worst first. */
  readonly rows: readonly CommandRow[];
};
