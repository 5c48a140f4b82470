import { type Static, Type } from 'typebox';
import type { Instant } from '#kernel/instant.ts';
import { daySchema, instantSchema } from '#platform/http/schemas.ts';

const id = Type.String({ format: 'uuid' });
const closed = { additionalProperties: false };
const literals = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Enum([...values]));

const CREW_KINDS = ['point', 'medium-voltage', 'live-line', 'generator'] as const;
const VEHICLE_KINDS = ['van', 'pickup', 'bucket', 'crane', 'generator'] as const;
const SKILL_CODES = ['low-voltage', 'medium-voltage', 'cable', 'live-line', 'meter'] as const;

export const crewSchema = Type.Object(
  {
    gridPointId: id,
    name: Type.String({ minLength: 1, maxLength: 40 }),
    kind: literals(CREW_KINDS),
    /** The people who belong to it; two at least. */
    people: Type.Array(id, { minItems: 2, maxItems: 40, uniqueItems: true }),
  },
  closed,
);
export const membersSchema = Type.Object(
  { people: Type.Array(id, { minItems: 2, maxItems: 40, uniqueItems: true }) },
  closed,
);
export const shiftSchema = Type.Object(
  {
    kind: literals(['duty', 'on-call'] as const),
    from: instantSchema,
    until: instantSchema,
    leadId: id,
    watcherId: id,
    others: Type.Array(id, { maxItems: 10, uniqueItems: true }),
  },
  closed,
);
export const nothingSchema = Type.Object({}, closed);
export const skillSchema = Type.Object({ skill: literals(SKILL_CODES), untilOn: daySchema }, closed);
export const trainingSchema = Type.Object(
  {
    people: Type.Array(id, { minItems: 1, maxItems: 40, uniqueItems: true }),
    card: Type.String({ maxLength: 60 }),
    trainedOn: daySchema,
  },
  closed,
);
export const vehicleSchema = Type.Object(
  { plate: Type.String({ minLength: 4, maxLength: 12 }), kind: literals(VEHICLE_KINDS) },
  closed,
);
export const vehicleStateSchema = Type.Object({ state: literals(['ready', 'out', 'gone'] as const) }, closed);
const material = Type.String({ minLength: 1, maxLength: 40 });
export const minimumSchema = Type.Object(
  { material, minimum: Type.Integer({ minimum: 0, maximum: 10_000 }) },
  closed,
);
export const bookingSchema = Type.Object(
  {
    material,
    change: Type.Integer({ minimum: -10_000, maximum: 10_000 }),
    why: literals(['use', 'refill', 'count'] as const),
    orderId: Type.Optional(id),
  },
  closed,
);
export const positionSchema = Type.Object(
  {
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    lon: Type.Number({ minimum: -180, maximum: 180 }),
    accuracy: Type.Number({ minimum: 0, maximum: 100_000 }),
  },
  closed,
);

export type NewCrew = Static<typeof crewSchema>;
export type NewShift = Static<typeof shiftSchema>;
export type NewSkill = Static<typeof skillSchema>;
export type NewTraining = Static<typeof trainingSchema>;
export type NewVehicle = Static<typeof vehicleSchema>;
export type VehicleState = Static<typeof vehicleStateSchema>['state'];
export type Booking = Static<typeof bookingSchema>;
export type NewPosition = Static<typeof positionSchema>;

export type Named = { readonly id: string; readonly name: string };
export type Place = { readonly lon: number; readonly lat: number };

/** A crew that stands ready now, on duty or on call. */
export type CrewOnDuty = {
  readonly id: string;
  readonly name: string;
  readonly kind: (typeof CREW_KINDS)[number];
  readonly point: Named & Place & { readonly stationId: string; readonly zone: 'city' | 'rural' | 'remote' };
  readonly shift: {
    readonly id: string;
    readonly kind: 'duty' | 'on-call';
    readonly from: Instant;
    readonly until: Instant;
  };
  readonly lead: Named & { readonly phone: string | null; readonly unitId: string };
  readonly watcher: Named;
  readonly others: readonly Named[];
  /** What both the person in charge and the one watching may do. */
  readonly skills: readonly string[];
  readonly cards: readonly string[];
  /** The last position sent in this shift; null: none, it is taken to be at its point. */
  readonly position: (Place & { readonly at: Instant; readonly accuracy: number }) | null;
  /** What it was sent to and has not finished. */
  readonly job: CrewJob | null;
  /** Where it was asked to wait in this shift; null: at its own point. */
  readonly standBy: CrewStandBy | null;
};

type CrewStandBy = {
  readonly point: Named & Place & { readonly zone: 'city' | 'rural' | 'remote' };
  readonly expectedAt: Instant;
  /** When it said that it is there; null: it has not. */
  readonly arrivedAt: Instant | null;
};

export type CrewJob = {
  readonly orderId: string;
  readonly sentAt: Instant;
  readonly expectedAt: Instant;
  readonly arrivedAt: Instant | null;
  readonly to: Place;
  readonly zone: 'city' | 'rural' | 'remote';
  readonly repairMinutes: number;
};

export type PointRow = Named &
  Place & {
    readonly code: string;
    readonly station: Named;
    readonly coverageMinutes: number;
    readonly crews: number;
    readonly onDuty: readonly {
      readonly id: string;
      readonly name: string;
      readonly kind: 'duty' | 'on-call';
      readonly lead: string;
      readonly until: Instant;
      readonly skills: readonly string[];
      readonly busy: boolean;
    }[];
    readonly belowMinimum: readonly {
      readonly material: string;
      readonly amount: number;
      readonly minimum: number;
    }[];
    readonly mayManage: boolean;
  };

/** Villages from whose centre the next point is farther than the promise allows. */
export type Coverage = {
  readonly households: number;
  readonly within: number;
  readonly outside: readonly {
    readonly village: string;
    readonly town: string;
    readonly zone: 'city' | 'rural' | 'remote';
    readonly households: number;
    readonly limit: number;
    /** Null: no point has a crew. */
    readonly nearest: { readonly name: string; readonly minutes: number } | null;
  }[];
};

export type PointsView = { readonly points: readonly PointRow[] };

type LocalText = { readonly zh: string; readonly en: string };

export type CrewPerson = Named & {
  readonly post: LocalText | null;
  readonly skills: readonly { readonly skill: (typeof SKILL_CODES)[number]; readonly untilOn: string }[];
  readonly trainings: readonly {
    readonly card: string;
    readonly trainedOn: string;
    readonly untilOn: string;
  }[];
};

export type ShiftRow = {
  readonly id: string;
  readonly kind: 'duty' | 'on-call';
  readonly from: Instant;
  readonly until: Instant;
  readonly lead: Named;
  readonly watcher: Named;
  readonly others: readonly Named[];
};

export type PointView = {
  readonly point: Named &
    Place & { readonly code: string; readonly station: Named; readonly coverageMinutes: number };
  readonly mayManage: boolean;
  readonly crews: readonly (Named & {
    readonly kind: (typeof CREW_KINDS)[number];
    readonly people: readonly CrewPerson[];
    readonly shifts: readonly ShiftRow[];
  })[];
  readonly vehicles: readonly {
    readonly id: string;
    readonly plate: string;
    readonly kind: (typeof VEHICLE_KINDS)[number];
    readonly outSince: Instant | null;
  }[];
  readonly materials: readonly {
    readonly material: string;
    readonly amount: number;
    readonly minimum: number;
  }[];
  readonly bookings: readonly {
    readonly id: string;
    readonly at: Instant;
    readonly material: string;
    readonly change: number;
    readonly why: 'use' | 'refill' | 'count';
    readonly by: string;
  }[];
  /** Who could be made a member: people of the station and its crews who belong to none. */
  readonly free: readonly (Named & { readonly post: LocalText | null })[];
  /** The cards that somebody can be trained on. */
  readonly cards: readonly {
    readonly id: string;
    readonly name: { readonly zh: string; readonly en: string };
  }[];
  /** Materials that the cards ask for. */
  readonly goods: readonly string[];
};
