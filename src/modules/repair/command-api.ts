import type { Hazard } from '#modules/outage/incident-api.ts';
import type { Audience, EstimateSource, News, Stage, Why } from './domain/index.ts';
import type { TellingSettings } from './telling-api.ts';

// What the command page shows. The web app imports the types only.

type LocalName = { readonly zh: string; readonly en: string };

/** What is believed about an outage; `version` is the state that the dispatcher looks at. */
type RowIncident = {
  readonly id: string;
  readonly version: number;
  readonly device: { readonly name: string; readonly kind: string } | null;
  readonly state: 'suspected' | 'confirmed' | 'restored' | 'closed';
  readonly posterior: number;
  readonly reports: number;
  /** Too many households at once: the program waits for a human's yes. */
  readonly held: boolean;
};

/** One open repair: an order with its cases, with the incident that explains it; or an incident of which no order was made yet. */
export type CommandRow = {
  /** Of the order, else of the incident. */
  readonly id: string;
  readonly orderId: string | null;
  readonly incident: RowIncident | null;
  /** The first report that the reader may see; its number is the order's. */
  readonly caseId: string | null;
  readonly no: string | null;
  /** It belongs to an exercise: marked wherever it stands, and in no count. */
  readonly drill: boolean;
  readonly cases: number;
  readonly process: LocalName | null;
  readonly stage: Stage;
  /** What it waits for now, by the handbook. */
  readonly steps: readonly LocalName[];
  readonly hazard: Hazard | null;
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
  readonly located: 'device' | 'household' | 'point' | null;
  readonly station: string | null;
  readonly crew: {
    readonly unit: string;
    readonly holder: string | null;
    /** When it is expected; null once it is there, or where nobody knows. */
    readonly expectedAt: number | null;
  } | null;
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
    readonly why: Why;
    /** So many messages wait for a human's yes. */
    readonly held: number | null;
  } | null;
};

/** Who tells, and what the last hour said to whom. */
export type TellingDigest = TellingSettings & {
  /** Tellings of the last hour, in orders and in messages, and what of these could not be delivered. */
  readonly orders: number;
  readonly messages: number;
  readonly failed: number;
  readonly pace: {
    /** Messages a minute to those who did not report, by whose word (null: the handbook's), as the handbook has it, and the most. */
    readonly pace: number;
    readonly by: string | null;
    readonly usual: number;
    readonly most: number;
    /** So many wait for their turn, and when the last is out; null: none. */
    readonly queued: number;
    readonly lastAt: number | null;
  };
};

export type CommandView = {
  readonly now: number;
  /** A storm, since when and by whose word; null: peace. */
  readonly storm: { readonly since: number; readonly by: string; readonly reason: string } | null;
  readonly telling: TellingDigest;
  /** Of all that is open, exercises left out; households of what is dark. */
  readonly total: { readonly open: number; readonly dark: number; readonly waiting: number };
  /** Worst first; of more than can be read the worst. */
  readonly rows: readonly CommandRow[];
  /** So many more are open that are not shown. */
  readonly more: number;
};

/** An open repair in the four answers that its customer asks for. */
export type RepairOutlook = Pick<CommandRow, 'stage' | 'crew' | 'estimate'> & {
  /** Until when somebody is to be there, as promised. */
  readonly promisedAt: number | null;
  readonly arrivedAt: number | null;
  /** What whoever reported was told last, and when he hears again. */
  readonly told: { readonly at: number; readonly news: News } | null;
  readonly nextNewsAt: number | null;
};

/** The desk as it is handed over. */
export type DeskNow = {
  readonly open: number;
  readonly dark: number;
  readonly hazards: number;
  readonly nobodyThere: number;
  readonly crewsOut: number;
  readonly permission: number;
  readonly tellingDue: number;
  readonly tellingHeld: number;
  readonly incidentsHeld: number;
  readonly storm: boolean;
  /** The program tells by itself. */
  readonly automatic: boolean;
};

/** If crews go as planned now, and each repair takes its usual time: for the desk, never said to a customer. */
export type Forecast = {
  readonly now: number;
  readonly orders: readonly {
    readonly orderId: string;
    readonly crew: string;
    readonly reachedAt: number;
    readonly litAt: number;
    readonly households: number;
  }[];
  /** Households that wait in the queue, when half and all of them would have supply. */
  readonly households: number;
  readonly halfAt: number | null;
  readonly allAt: number | null;
  /** Orders that no crew can take as things stand. */
  readonly unplanned: number;
};
