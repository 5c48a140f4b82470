import { type Static, Type } from 'typebox';
import type { PlannedFor } from './planned-api.ts';
import type { NoticeFor } from './supply-notice-api.ts';

// Incidents as pages see them, and the dispatcher's words about them. The web app imports the types only.

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });

const HAZARDS = ['line-down', 'pole', 'shock', 'fire'] as const;
export type Hazard = (typeof HAZARDS)[number];

export type IncidentState = 'suspected' | 'confirmed' | 'restored' | 'closed';
export type DispatcherWord = 'confirmed' | 'moved' | 'split' | 'merged' | 'false-alarm';

export type NamedDevice = { readonly id: string; readonly name: string; readonly kind: string };

/** One open incident. `device` null: one customer's own trouble, or a danger at a place. */
export type OpenIncident = {
  readonly id: string;
  readonly device: NamedDevice | null;
  readonly posterior: number;
  readonly since: number;
  readonly households: number;
  readonly reports: number;
  readonly hazard: Hazard | null;
  readonly state: IncidentState;
  readonly restoredAt: number | null;
  readonly planned: boolean;
  /** Too many households at once: the program waits for a human's yes. */
  readonly held: boolean;
  readonly word: DispatcherWord | null;
  readonly version: number;
  readonly orderId: string | null;
  /** A case of its order that the reader may see. */
  readonly caseId: string | null;
  readonly caseNo: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly feeder: { readonly id: string; readonly name: string } | null;
  /** Village or compound of the customer whose own trouble it is. */
  readonly place: string | null;
};

export type IncidentEvent = {
  readonly type: string;
  readonly at: number;
  /** Null: the program. */
  readonly by: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly otherId: string | null;
  readonly posterior: number | null;
};

export type IncidentReport = {
  readonly id: string;
  readonly source: string;
  readonly says: string;
  readonly at: number;
  readonly receivedAt: number;
  readonly place: string | null;
  readonly caseId: string | null;
};

/** Why, as the engine says it: each part in nats, positive for, negative against. */
export type Explained = {
  readonly parts: {
    readonly rarity: number;
    readonly calls: number;
    readonly lastGasps: number;
    readonly pings: number;
    readonly silentCustomers: number;
    readonly silentMeters: number;
  };
  readonly counts: {
    readonly callers: number;
    readonly gaspers: number;
    readonly silentCustomers: number;
    readonly silentMeters: number;
  };
};

/** An important user with several supplies that this outage has taken some of. */
export type SupplyLoss = {
  readonly householdId: string;
  /** An organisation's; a person is told by the end of his account. */
  readonly name: string | null;
  readonly tail: string;
  readonly lost: number;
  /** Supplies that were left to it then, other outages counted. */
  readonly remaining: number;
  /** Told then, by message and bell. */
  readonly lostAt: number;
  /** Who looks after it; null: nobody, and the dispatchers were told. */
  readonly manager: string | null;
  readonly returnedAt: number | null;
};

export type IncidentView = OpenIncident & {
  readonly losses: readonly SupplyLoss[];
  readonly explained: Explained | null;
  readonly nested: readonly NamedDevice[];
  /** Above and below: where it may be moved to. */
  readonly above: readonly NamedDevice[];
  readonly below: readonly NamedDevice[];
  readonly parentId: string | null;
  readonly childIds: readonly string[];
  readonly events: readonly IncidentEvent[];
  readonly lastReports: readonly IncidentReport[];
};

/** Every word of a dispatcher names the state that he looked at. */
const version = Type.Integer({ minimum: 1 });

export const confirmSchema = Type.Object({ version }, closed);
export const moveSchema = Type.Object({ version, deviceId: uuid }, closed);
export const splitSchema = Type.Object(
  { version, deviceIds: Type.Array(uuid, { minItems: 2, maxItems: 20, uniqueItems: true }) },
  closed,
);
export const mergeSchema = Type.Object({ version, otherId: uuid, otherVersion: version }, closed);

/** A danger, from whomever: with a household, a device, a pole's number or a place in words. */
export const hazardSchema = Type.Object(
  {
    hazard: Type.Unsafe<Hazard>(Type.Enum([...HAZARDS])),
    householdId: Type.Union([uuid, Type.Null()]),
    deviceCode: Type.Union([Type.String({ minLength: 1, maxLength: 60 }), Type.Null()]),
    /** The number on the pole, or where it is. */
    place: Type.String({ minLength: 2, maxLength: 200 }),
    area: Type.Unsafe<'city' | 'rural' | 'remote'>(Type.Enum(['city', 'rural', 'remote'])),
    words: Type.String({ minLength: 2, maxLength: 1000 }),
    contactName: Type.Union([Type.String({ minLength: 1, maxLength: 60 }), Type.Null()]),
    contactPhone: Type.Union([Type.String({ pattern: '^1\\d{10}$|^0\\d{9,11}$|^11\\d$' }), Type.Null()]),
    source: Type.Unsafe<'phone' | 'counter' | 'patrol'>(Type.Enum(['phone', 'counter', 'patrol'])),
  },
  closed,
);

export type ConfirmBody = Static<typeof confirmSchema>;
export type MoveBody = Static<typeof moveSchema>;
export type SplitBody = Static<typeof splitSchema>;
export type MergeBody = Static<typeof mergeSchema>;
export type HazardBody = Static<typeof hazardSchema>;

/** What is known of a household's supply before an order is made. */
export type BeforeOrder = {
  /** An outage above it. */
  readonly outage: {
    readonly incidentId: string;
    readonly what: NamedDevice | null;
    readonly since: number;
    readonly households: number;
    readonly reports: number;
    readonly orderId: string | null;
    readonly state: IncidentState;
    readonly planned: boolean;
    /** The unit whose people go. */
    readonly crew: string | null;
    readonly arrivedAt: number | null;
    /** Until when somebody is to be there, as promised. */
    readonly dueAt: number | null;
    /** What its customers were told last. */
    readonly told: { readonly at: number; readonly news: string } | null;
    /** When there is news next. */
    readonly nextNewsAt: number | null;
    /** When supply is expected back by somebody's word that may be said; nobody invents one here. */
    readonly expectedAt: number | null;
  } | null;
  /** An announced outage that it is in, or that is near. */
  readonly planned: PlannedFor | null;
  /** An open 停送电信息 that says why it has no supply. */
  readonly notice: NoticeFor | null;
  /** An outage above it goes on, but its group has supply again since then: if it is dark, that is another fault. */
  readonly litAgain: { readonly at: number } | null;
  /** Its own meter said not long ago that it has supply: the fault is behind it. */
  readonly inside: { readonly at: number } | null;
};
