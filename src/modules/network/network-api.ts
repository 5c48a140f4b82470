import { type Static, Type } from 'typebox';
import { type DeviceKind, SWITCHING_REASONS, type SwitchingReason } from './domain/index.ts';

// Request and response schemas of the network. The web app imports the types only.

const closed = { additionalProperties: false };

export const switchSchema = Type.Object(
  {
    open: Type.Boolean(),
    planned: Type.Boolean(),
    reason: Type.Unsafe<SwitchingReason>(Type.Enum([...SWITCHING_REASONS])),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
    /** When it happened; absent: now. */
    at: Type.Optional(Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 })),
    acceptRing: Type.Optional(Type.Boolean()),
  },
  closed,
);

export type SwitchBody = Static<typeof switchSchema>;

export type DeviceName = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: DeviceKind;
};

/** A device that is not in its normal state. */
export type OffNormal = DeviceName & {
  readonly open: boolean;
  readonly since: number;
  readonly planned: boolean;
  readonly reason: SwitchingReason;
  readonly darkened: number;
  readonly feeder: { readonly id: string; readonly name: string } | null;
};

export type NetworkOverview = {
  readonly households: number;
  /** Households without supply by what is switched now. */
  readonly dark: number;
  readonly offNormal: readonly OffNormal[];
  readonly substations: readonly (DeviceName & {
    readonly feeders: readonly (DeviceName & {
      readonly transformers: number;
      readonly households: number;
      readonly darkTransformers: number;
    })[];
  })[];
};

/** A device as the single-line drawing shows it. */
export type LineDevice = DeviceName & {
  readonly parent: string | null;
  readonly open: boolean;
  readonly normallyOpen: boolean;
  readonly supplied: boolean;
  /** Supplied from another feeder than its own. */
  readonly transferred: boolean;
  readonly placed: boolean;
  readonly km: number;
  /** Households of a transformer. */
  readonly households: number | null;
  readonly tie:
    | (DeviceName & { readonly feederId: string | null; readonly feederName: string | null })
    | null;
};

export type FeederView = DeviceName & {
  readonly substation: DeviceName | null;
  readonly households: number;
  readonly devices: readonly LineDevice[];
};

export type SwitchingLine = {
  readonly id: string;
  readonly open: boolean;
  readonly planned: boolean;
  readonly reason: SwitchingReason;
  readonly note: string | null;
  readonly at: number;
  readonly recordedAt: number;
  readonly by: string;
  readonly darkened: number;
  readonly restored: number;
};

/** What switching the device would do now. */
export type SwitchingPreview = {
  readonly opens: boolean;
  readonly darkened: number;
  readonly restored: number;
  readonly closesRing: boolean;
};

export type DeviceView = DeviceName & {
  /** The moment that is shown; null: now. */
  readonly at: number | null;
  readonly km: number;
  readonly kva: number | null;
  readonly placed: boolean;
  readonly open: boolean;
  readonly normallyOpen: boolean;
  readonly supplied: boolean;
  readonly feeder: DeviceName | null;
  readonly transformer: DeviceName | null;
  readonly tie: DeviceName | null;
  /** The way to the source, nearest first, as it is switched. */
  readonly up: readonly DeviceName[];
  readonly below: {
    readonly devices: number;
    readonly transformers: number;
    readonly households: number;
    /** Of them, how many have another supply that stays. */
    readonly otherwiseSupplied: number;
  };
  /** The low-voltage tree of its transformer. */
  readonly lowVoltage: readonly (DeviceName & {
    readonly parent: string | null;
    readonly open: boolean;
    readonly supplied: boolean;
    readonly meters: number;
  })[];
  readonly switchings: readonly SwitchingLine[];
  readonly preview: SwitchingPreview | null;
  readonly maySwitch: boolean;
};

/** Households below a device; personal data masked. */
export type HouseholdsBelow = {
  readonly total: number;
  readonly households: readonly {
    readonly id: string;
    readonly accountNo: string;
    readonly name: string;
    readonly place: string;
    readonly transformer: string;
    readonly important: boolean;
    readonly supplies: number;
  }[];
};

/** The grid on a map: the ways of medium voltage by feeder, towns, and transformers without supply. Points are [longitude, latitude] in degrees. */
export type GridMapView = {
  readonly towns: readonly { readonly name: string; readonly at: readonly [number, number] }[];
  readonly feeders: readonly {
    readonly id: string;
    readonly name: string;
    readonly lines: readonly (readonly (readonly [number, number])[])[];
  }[];
  readonly dark: readonly {
    readonly id: string;
    readonly name: string;
    readonly since: number;
    readonly at: readonly [number, number];
  }[];
};
