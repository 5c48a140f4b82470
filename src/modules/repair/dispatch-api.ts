import { type Static, Type } from 'typebox';
import type { Instant } from '#kernel/instant.ts';
import type { CrewOnDuty, Named, Place } from './crew-api.ts';
import type { Reason } from './domain/index.ts';

const id = Type.String({ format: 'uuid' });
const closed = { additionalProperties: false };

const REASSIGN_REASONS = [
  'crew-cannot-come',
  'wrong-skill',
  'nearer-crew',
  'shift-over',
  'important-first',
  'other',
] as const;
const STORM_REASONS = ['typhoon', 'rain', 'snow', 'wind', 'lightning', 'over', 'trial', 'other'] as const;

export const sendSchema = Type.Object({ crewId: id }, closed);
/** `fromCrewId`: whom the dispatcher saw there; somebody else may have been quicker. */
export const reassignSchema = Type.Object(
  { crewId: id, fromCrewId: id, reason: Type.Enum([...REASSIGN_REASONS]) },
  closed,
);
export const settingsSchema = Type.Object(
  {
    storm: Type.Boolean(),
    automatic: Type.Boolean(),
    mostCustomers: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    mostMinutes: Type.Integer({ minimum: 1, maximum: 600 }),
    reason: Type.Enum([...STORM_REASONS]),
    note: Type.Optional(Type.String({ maxLength: 200 })),
  },
  closed,
);

export const standBySchema = Type.Object({ gridPointId: id }, closed);

export type ReassignReason = (typeof REASSIGN_REASONS)[number];
export type SettingsBody = Static<typeof settingsSchema>;

/** How the company dispatches now, and who said so, when and why; nobody yet: in peace, by click. */
export type DispatchSettings = {
  readonly storm: boolean;
  readonly automatic: boolean;
  readonly mostCustomers: number;
  readonly mostMinutes: number;
  readonly said: {
    readonly at: Instant;
    readonly by: Named;
    readonly reason: (typeof STORM_REASONS)[number];
    readonly note: string | null;
  } | null;
};

/** A repair order to which nobody was sent yet. */
export type OrderToSend = {
  readonly orderId: string;
  readonly caseId: string;
  readonly no: string;
  /** It belongs to an exercise: in no plan, and in no count. */
  readonly drill: boolean;
  readonly process: { readonly zh: string; readonly en: string };
  readonly zone: 'city' | 'rural' | 'remote';
  readonly village: string | null;
  /** The point in whose grid it lies. */
  readonly point: Named;
  readonly at: Place;
  /** False: nobody knows better than the middle of its station's points. */
  readonly placeKnown: boolean;
  readonly reportedAt: Instant;
  readonly dueAt: Instant;
  readonly customers: number;
  /** A danger to people: it goes before everything. */
  readonly hazard: boolean;
  readonly important: boolean;
  readonly medical: number;
  /** What it is taken for by what was said, or what a survey found. */
  readonly card: { readonly id: string; readonly name: { readonly zh: string; readonly en: string } } | null;
  readonly skills: readonly string[];
  readonly repairMinutes: number;
  /** Who has taken the step of dispatching it. */
  readonly holder: Named | null;
  /** 退单: the crew that was sent last gave it back. A person decides who goes next, not the program. */
  readonly givenBack: {
    readonly crewId: string;
    readonly crew: string;
    readonly reason: { readonly zh: string; readonly en: string };
    readonly at: Instant;
  } | null;
};

export type Proposal = {
  readonly orderId: string;
  readonly crewId: string;
  readonly arrivesAt: Instant;
  /** It leaves its own grid in peace: a dispatcher says yes. */
  readonly needsClick: boolean;
  readonly reasons: readonly Reason[];
  /** `moreCost` in minutes of one late arrival, over the whole plan. */
  readonly alternatives: readonly {
    readonly crewId: string;
    readonly arrivesAt: Instant;
    readonly moreCost: number;
  }[];
};

/** A crew that should wait at another point. A dispatcher asks it; nobody is moved by the program. */
export type StandByProposal = {
  readonly crewId: string;
  readonly point: Named;
  readonly ownGrid: boolean;
  readonly arrivesAt: Instant;
  /** Shares of the past faults it may repair that somebody would reach in time: as it is, and with it there. */
  readonly inTimeBefore: number;
  readonly inTimeAfter: number;
};

/** A crew at work, and what at. */
export type UnderWay = {
  readonly orderId: string;
  readonly caseId: string;
  readonly no: string;
  readonly village: string | null;
  readonly crewId: string;
  readonly crew: string;
  readonly lead: string;
  readonly sentAt: Instant;
  readonly expectedAt: Instant;
  readonly arrivedAt: Instant | null;
};

export type DispatchView = {
  readonly at: Instant;
  readonly settings: DispatchSettings;
  readonly orders: readonly OrderToSend[];
  readonly proposals: readonly Proposal[];
  /** 预排: what crews would do next; it may change until they are sent. */
  readonly arranged: readonly {
    readonly crewId: string;
    readonly orderId: string;
    readonly arrivesAt: Instant;
  }[];
  readonly unplanned: readonly {
    readonly orderId: string;
    readonly why: 'skills' | 'training' | 'materials-or-duty';
  }[];
  readonly crews: readonly CrewOnDuty[];
  /** 待命: idle crews that should wait elsewhere, by where the last faults were. */
  readonly standBys: {
    /** So many past faults are known; fewer than `leastPast`, and nothing is proposed. */
    readonly past: number;
    readonly leastPast: number;
    /** Faults of the last hour, as many as are expected in the next. */
    readonly lastHour: number;
    readonly proposals: readonly StandByProposal[];
  };
  readonly underWay: readonly UnderWay[];
  readonly travel: TravelFitView | null;
  /** `no-answer`: a routing server is set up and is silent, so ways are estimated. */
  readonly waysBy: 'estimated' | 'osrm' | 'valhalla' | 'no-answer';
  readonly maySend: boolean;
  readonly mayChangeSettings: boolean;
};

/** A crew that stands ready, seen from one order: when it would be there, or why it cannot go. The soonest first. */
export type Candidate = {
  readonly crewId: string;
  readonly name: string;
  readonly lead: string;
  readonly point: Named;
  readonly ownGrid: boolean;
  readonly onCall: boolean;
  readonly arrivesAt: Instant;
  /** Why it should not go, or cannot; `materials` can be brought, and who gave the order back may be asked again. */
  readonly lacks: 'free' | 'skills' | 'training' | 'materials' | 'gave-back' | null;
};

/** What was learnt of ways from own arrivals, and how far that is from them. */
export type TravelFitView = {
  readonly at: Instant;
  readonly zones: readonly {
    readonly zone: 'city' | 'rural' | 'remote';
    readonly drives: number;
    /** False: too few drives; the usual numbers hold. */
    readonly fitted: boolean;
    readonly medianError: number;
    readonly accessMinutes: number;
    readonly kmPerHour: number;
  }[];
};

/** The order as SMS to the person in charge of the crew that was sent; `lead` null: nobody was sent. */
export type OrderSmsView = {
  readonly lead: string | null;
  readonly reachable: boolean;
  /** The newest first. */
  readonly messages: readonly {
    readonly id: string;
    readonly at: Instant;
    readonly state: 'waiting' | 'sending' | 'sent' | 'failed' | 'withdrawn';
    /** By the receipt of the gateway: the phone has it, or never got it. Both null: no receipt yet, or the gateway gives none. */
    readonly deliveredAt: Instant | null;
    readonly undeliveredAt: Instant | null;
  }[];
};
