import { type Static, Type } from 'typebox';
import type { OwedCall } from '#modules/case/case-work-api.ts';
import type { DeskNow } from '#modules/repair/command-api.ts';

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });

export const offerSchema = Type.Object(
  {
    /** Null: whoever of the unit comes. */
    toPersonId: Type.Union([uuid, Type.Null()]),
    note: Type.String({ maxLength: 2000 }),
  },
  closed,
);
export const acceptShiftSchema = Type.Object(
  { takeDrafts: Type.Boolean(), takeTasks: Type.Boolean() },
  closed,
);

export type Offer = Static<typeof offerSchema>;
export type AcceptShift = Static<typeof acceptShiftSchema>;

export type ShiftPlace = 'hall' | 'dispatch' | 'control';

/** Ids and counts of what was there when it was offered: what both sign. */
export type ShiftContent = {
  /** Open tasks of mine and of my post that nobody took. */
  readonly open: readonly string[];
  /** Cases with a promise that falls due within the next shift. */
  readonly promised: readonly string[];
  readonly drafts: number;
  readonly draftsSince: number | null;
  /** Calls that are to be made back. */
  readonly owed: readonly string[];
  /** At the desk of dispatching: what is out, who is out, who is owed a word. */
  readonly desk?: DeskNow;
};

export type ShiftCase = {
  readonly taskId: string;
  readonly caseId: string;
  readonly no: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly step: { readonly zh: string; readonly en: string };
  readonly mine: boolean;
  readonly startedAt: number | null;
  readonly dueAt: number | null;
};

export type Handover = {
  readonly id: string;
  readonly from: string;
  readonly fromPersonId: string;
  readonly to: string | null;
  readonly toPersonId: string | null;
  readonly state: 'offered' | 'accepted' | 'withdrawn';
  readonly content: ShiftContent;
  readonly note: string | null;
  readonly offeredAt: number;
  readonly acceptedAt: number | null;
};

export type ShiftView = {
  readonly place: ShiftPlace;
  readonly unit: string;
  /** Until when a promise counts as falling into the next shift. */
  readonly until: number;
  readonly content: ShiftContent;
  readonly open: readonly ShiftCase[];
  readonly promised: readonly ShiftCase[];
  readonly owed: readonly OwedCall[];
  readonly myOffer: Handover | null;
  readonly offers: readonly Handover[];
  readonly history: readonly Handover[];
  readonly colleagues: readonly { readonly id: string; readonly name: string; readonly post: string }[];
};
