import { type Static, Type } from 'typebox';
import { instantSchema, seqSchema } from '#platform/http/schemas.ts';

// Request and response schemas of the desk of 待许可. The web app imports the types only.

const closed = { additionalProperties: false };
const which = {
  orderId: Type.String({ format: 'uuid' }),
  seq: seqSchema,
  step: Type.String({ minLength: 1, maxLength: 60 }),
  round: Type.Integer({ minimum: 1, maximum: 1000 }),
};

export const permitSchema = Type.Object(
  {
    ...which,
    way: Type.Unsafe<'phone' | 'face'>(Type.Enum(['phone', 'face'])),
    /** The crew repeated it word for word, or signed it face to face: without that there is no permission. */
    repeated: Type.Boolean(),
    /** The device is held to be another one since the sheet was written, and it was asked whether the sheet still fits. */
    sheetFits: Type.Optional(Type.Boolean()),
    /** When the word was given; absent: now. */
    permittedAt: Type.Optional(instantSchema),
  },
  closed,
);

export const withdrawPermissionSchema = Type.Object(
  { orderId: Type.String({ format: 'uuid' }), reason: Type.String({ minLength: 2, maxLength: 1000 }) },
  closed,
);

export const refusePermissionSchema = Type.Object(
  { ...which, reason: Type.String({ minLength: 2, maxLength: 1000 }) },
  closed,
);

/** The dispatch centre enters for the crew that its earths are removed (代录): by whose word, when, how many, and why not himself. */
export const liftEarthsSchema = Type.Object(
  {
    orderId: Type.String({ format: 'uuid' }),
    earths: Type.Integer({ minimum: 1, maximum: 1000 }),
    toldBy: Type.String({ format: 'uuid' }),
    way: Type.Unsafe<'phone' | 'face'>(Type.Enum(['phone', 'face'])),
    why: Type.Unsafe<LiftedWhy>(Type.Enum(['off-duty', 'device', 'no-signal', 'reported-by-phone'])),
    /** When they were removed, by his word. */
    at: instantSchema,
    /** It was said back to him word for word: people off, all earths removed, how many and where. */
    repeated: Type.Boolean(),
  },
  closed,
);

export type LiftedWhy = 'off-duty' | 'device' | 'no-signal' | 'reported-by-phone';
export type LiftEarthsBody = Static<typeof liftEarthsSchema>;
export type PermitBody = Static<typeof permitSchema>;
export type WithdrawPermissionBody = Static<typeof withdrawPermissionSchema>;
export type RefusePermissionBody = Static<typeof refusePermissionSchema>;

type Work = {
  readonly orderId: string;
  readonly caseId: string;
  readonly no: string;
  readonly station: string | null;
  readonly sheetKind: 'emergency' | 'ticket' | null;
  readonly ticketNo: string | null;
  readonly place: string | null;
  readonly leader: string | null;
  readonly watcher: string | null;
  readonly askedBy: string | null;
  readonly askedAt: number;
  /** Since the sheet was written the fault is held to lie at another device. */
  readonly moved: { readonly from: string | null; readonly to: string | null; readonly at: number } | null;
};

/** Work that may not begin before the grid dispatcher says so. Its minutes are the dispatch centre's. */
export type WaitingPermission = Work & {
  readonly seq: number;
  readonly step: string;
  readonly round: number;
  readonly mayDecide: boolean;
  /** Why not, as a refusal code. */
  readonly reason: string | null;
};

export type DecidedPermission = Work & {
  readonly outcome: 'permitted' | 'refused';
  readonly decidedAt: number;
  readonly decidedBy: string | null;
  /** How long it waited, in minutes. */
  readonly waited: number;
  /** Why it was refused. */
  readonly why: string | null;
  /** The crew reported the end of its work: earths removed, people off. Null: the permission is still out. */
  readonly handedBackAt: number | null;
  /** Earths that are recorded as laid now. */
  readonly earths: number;
  /** It may be taken back: it is out, and the work is not done. */
  readonly mayWithdraw: boolean;
  /** Taken back since, and why. */
  readonly withdrawn: { readonly at: number; readonly why: string | null } | null;
};

/** Earths that lie somewhere, whatever voltage and whatever became of the work. */
export type LaidEarths = {
  readonly orderId: string;
  /** Null: the reader sees no case of it. */
  readonly caseId: string | null;
  readonly no: string;
  readonly station: string | null;
  readonly earths: number;
  readonly laidAt: number;
  readonly laidBy: string;
  /** Devices by the network, at the outage, the groups or the customers of the work. */
  readonly devices: readonly string[];
  /** Pole or switch, as the crew wrote it, and the place of the sheet. */
  readonly where: readonly string[];
  /** Who may have removed them: who laid them and whoever went there. */
  readonly crew: readonly { readonly id: string; readonly name: string }[];
};

/** A removal that was entered for the crew within the last day. */
export type LiftedForCrew = {
  readonly orderId: string;
  /** Null: the reader sees no case of it. */
  readonly caseId: string | null;
  readonly no: string;
  readonly earths: number;
  readonly removedAt: number;
  readonly toldBy: string;
  readonly way: 'phone' | 'face';
  readonly why: LiftedWhy;
  readonly enteredBy: string;
  readonly enteredAt: number;
};

export type PermissionDesk = {
  /** Longest waiting first. */
  readonly waiting: readonly WaitingPermission[];
  /** Permitted and not handed back, of whatever day; then what was decided in the last day. */
  readonly decided: readonly DecidedPermission[];
  /** The oldest first. */
  readonly earths: readonly LaidEarths[];
  readonly liftedFor: readonly LiftedForCrew[];
};
