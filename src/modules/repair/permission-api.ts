import { type Static, Type } from 'typebox';

// Request and response schemas of the desk of 待许可. The web app imports the types only.

const closed = { additionalProperties: false };
const which = {
  orderId: Type.String({ format: 'uuid' }),
  seq: Type.Integer({ minimum: 1 }),
  step: Type.String({ minLength: 1, maxLength: 60 }),
  round: Type.Integer({ minimum: 1 }),
};

export const permitSchema = Type.Object(
  {
    ...which,
    way: Type.Unsafe<'phone' | 'face'>(Type.Enum(['phone', 'face'])),
    /** When the word was given; absent: now. */
    permittedAt: Type.Optional(Type.Integer({ minimum: 0, maximum: 8_640_000_000_000 })),
  },
  closed,
);

export const refusePermissionSchema = Type.Object(
  { ...which, reason: Type.String({ minLength: 2, maxLength: 1000 }) },
  closed,
);

export type PermitBody = Static<typeof permitSchema>;
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
  /** Earths that are recorded as placed now. */
  readonly earths: number;
};

export type PermissionDesk = {
  /** Longest waiting first. */
  readonly waiting: readonly WaitingPermission[];
  /** Permitted and not handed back, of whatever day; then what was decided in the last day. */
  readonly decided: readonly DecidedPermission[];
};
