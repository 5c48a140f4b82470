import { type Static, Type } from 'typebox';
import type { NoticeKind, NoticeState } from './domain/index.ts';
import { instantSchema, seqSchema } from '#platform/http/schemas.ts';

// 停送电信息: request and response schemas. The web app imports the types only.

const closed = { additionalProperties: false };
const nullableInstant = Type.Union([instantSchema, Type.Null()]);

/** Of what the network shows dark below a device; of a plan and of a fault it is made by the program. */
export const reportNoticeSchema = Type.Object(
  {
    kind: Type.Unsafe<'shortage' | 'orderly' | 'grid-fault'>(
      Type.Enum(['grid-fault', 'shortage', 'orderly']),
    ),
    deviceId: Type.String({ format: 'uuid' }),
    from: instantSchema,
    until: nullableInstant,
  },
  closed,
);
export const changeNoticeSchema = Type.Object(
  { seq: seqSchema, from: instantSchema, until: nullableInstant },
  closed,
);
export const restoreNoticeSchema = Type.Object({ seq: seqSchema, at: instantSchema }, closed);
export const closeNoticeSchema = Type.Object({ seq: seqSchema }, closed);

export type ReportNotice = Static<typeof reportNoticeSchema>;

type SupplyNoticeReport = {
  readonly what: 'report' | 'change' | 'restored' | 'closed';
  readonly at: number;
  readonly by: string | null;
  readonly from: number;
  readonly until: number | null;
  readonly late: boolean;
};

export type SupplyNoticeView = {
  readonly id: string;
  readonly no: string;
  readonly seq: number;
  readonly kind: NoticeKind;
  readonly state: NoticeState;
  readonly reason: string;
  readonly cancelled: boolean;
  readonly planId: string | null;
  readonly orderId: string | null;
  readonly dueAt: number | null;
  readonly reportedAt: number;
  readonly from: number;
  readonly until: number | null;
  readonly actualFrom: number | null;
  readonly actualUntil: number | null;
  readonly households: number;
  readonly transformers: number;
  readonly areas: readonly string[];
  readonly lines: readonly string[];
  readonly devices: readonly string[];
  readonly reports: readonly SupplyNoticeReport[];
};

export type SupplyNotices = { readonly mayReport: boolean; readonly notices: readonly SupplyNoticeView[] };

/** Why a household has no supply now, by an open notice. */
export type NoticeFor = {
  readonly id: string;
  readonly no: string;
  readonly kind: NoticeKind;
  readonly from: number;
  readonly until: number | null;
};
