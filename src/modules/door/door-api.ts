import { type Static, Type } from 'typebox';

// Request and response schemas of orders from other systems. The web app imports the types only.

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });
const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const oneOf = <const T extends readonly string[]>(...values: T) =>
  Type.Unsafe<T[number]>(Type.Enum([...values]));

export const doorIds = ['95598', '12398', '12345'] as const;
const door = oneOf(...doorIds);

/** An order by our names of its fields; lengths are checked again with a sentence for each (`checkOutside`). */
export const outsideOrderSchema = Type.Object(
  {
    number: text(200),
    startedAt: text(200),
    kind: text(1000),
    contactName: text(1000),
    contactPhone: text(1000),
    accountNo: text(1000),
    place: text(1000),
    words: text(10_000),
    urgency: text(1000),
    area: text(1000),
  },
  closed,
);

export const returnSchema = Type.Object(
  {
    number: Type.String({ minLength: 1, maxLength: 60 }),
    reason: Type.String({ minLength: 2, maxLength: 1000 }),
  },
  closed,
);

export const takenSchema = Type.Object(
  { numbers: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { minItems: 1, maxItems: 500 }) },
  closed,
);

/** Orders of one imported file or pasted text, after the preview: all are taken in, or none. */
export const importSchema = Type.Object(
  {
    door,
    way: oneOf('csv', 'paste'),
    orders: Type.Array(
      Type.Object({ line: Type.Integer({ minimum: 1 }), order: outsideOrderSchema }, closed),
      { minItems: 1, maxItems: 2000 },
    ),
  },
  closed,
);

export const completionSchema = Type.Object(
  {
    process: Type.String({ minLength: 1, maxLength: 60 }),
    caseType: Type.String({ minLength: 1, maxLength: 8 }),
    householdId: Type.Union([uuid, Type.Null()]),
    area: Type.Union([oneOf('city', 'rural', 'remote'), Type.Null()]),
    accusedUnitId: Type.Union([uuid, Type.Null()]),
    words: Type.String({ minLength: 1, maxLength: 4000 }),
    place: Type.String({ maxLength: 200 }),
  },
  closed,
);

export const setAsideSchema = Type.Object({ note: Type.String({ minLength: 2, maxLength: 500 }) }, closed);
export const nothingSchema = Type.Object({}, closed);

export const objectionSchema = Type.Object(
  {
    reason: oneOf('not-ours', 'duplicate', 'facts-differ', 'unreachable', 'start-wrong'),
    words: Type.String({ minLength: 5, maxLength: 1000 }),
    evidence: Type.String({ minLength: 2, maxLength: 500 }),
  },
  closed,
);

export const objectionAnswerSchema = Type.Object(
  {
    outcome: oneOf('upheld', 'rejected', 'withdrawn'),
    answer: Type.String({ minLength: 2, maxLength: 1000 }),
  },
  closed,
);

export const replySchema = Type.Object(
  {
    fields: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 2000 })),
  },
  closed,
);

/** A sheet of replies that was filled in; `dry`: only say what is wrong. */
export const replyRowsSchema = Type.Object(
  {
    door,
    dry: Type.Boolean(),
    rows: Type.Array(
      Type.Object(
        {
          line: Type.Integer({ minimum: 1 }),
          number: Type.String({ minLength: 1, maxLength: 60 }),
          fields: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 2000 })),
        },
        closed,
      ),
      { minItems: 1, maxItems: 500 },
    ),
  },
  closed,
);
export const handSheetSchema = Type.Object(
  { door, numbers: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { minItems: 1, maxItems: 500 }) },
  closed,
);

export const handSchema = Type.Object({ way: oneOf('csv', 'copy') }, closed);

export type ImportBody = Static<typeof importSchema>;
export type Completion = Static<typeof completionSchema>;
export type ObjectionBody = Static<typeof objectionSchema>;
export type ObjectionAnswer = Static<typeof objectionAnswerSchema>;
export type ReplyBody = Static<typeof replySchema>;
export type ReplyRows = Static<typeof replyRowsSchema>;
export type DoorId = (typeof doorIds)[number];

/** What a sender is told of an order; it never learns of anybody else's. */
export type OutsideAnswer = {
  readonly id: string;
  readonly arrived: 'first' | 'again' | 'changed';
  readonly state: 'waiting' | 'to-complete' | 'accepted' | 'set-aside';
  /** The number of our case. */
  readonly caseNo: string | null;
  readonly faults: readonly string[];
};

export type Imported = { readonly first: number; readonly again: number; readonly changed: number };

export type OutsideItem = {
  readonly id: string;
  readonly door: DoorId;
  readonly number: string;
  readonly kind: string | null;
  readonly state: OutsideAnswer['state'];
  readonly faults: readonly string[];
  readonly startedAt: number;
  readonly receivedAt: number;
  /** The tightest promise of its case. */
  readonly dueAt: number | null;
  /** The share of that promise that was used up before the order reached us (0…). */
  readonly usedBefore: number | null;
  readonly caseId: string | null;
  readonly caseNo: string | null;
  readonly caseState: 'open' | 'closed' | null;
  readonly updates: number;
  readonly reply: 'none' | 'ready' | 'handed' | 'returned';
  readonly objection: 'raised' | 'upheld' | 'rejected' | 'withdrawn' | null;
};

export type OutsidePage = { readonly items: readonly OutsideItem[]; readonly next: string | null };

export type ReplyField = {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly form: 'text' | 'yes-no' | 'instant';
  readonly required: boolean;
  readonly value: string;
};

export type OutsideDetail = OutsideItem & {
  readonly content: Readonly<Record<string, string>>;
  readonly way: 'http' | 'csv' | 'paste';
  readonly receivedBy: string | null;
  readonly note: string | null;
  /** What the table, the account, the phone and the address say by themselves; the clerk may choose otherwise. */
  readonly proposal: {
    readonly process: string | null;
    readonly caseType: string | null;
    readonly householdId: string | null;
    readonly area: 'city' | 'rural' | 'remote' | null;
  };
  readonly changes: readonly {
    readonly id: string;
    readonly at: number;
    readonly seen: boolean;
    readonly fields: readonly { readonly field: string; readonly was: string; readonly is: string }[];
  }[];
  readonly replyFields: readonly ReplyField[];
  readonly replies: readonly {
    readonly round: number;
    readonly madeBy: string;
    readonly madeAt: number;
    readonly handedAt: number | null;
    readonly handedWay: 'http' | 'csv' | 'copy' | null;
    readonly returnedAt: number | null;
    readonly returnReason: string | null;
    readonly fields: readonly {
      readonly name: { readonly zh: string; readonly en: string };
      readonly text: string;
    }[];
  }[];
  readonly objections: readonly {
    readonly id: string;
    readonly reason: ObjectionBody['reason'];
    readonly words: string;
    readonly evidence: string;
    readonly raisedBy: string;
    readonly raisedAt: number;
    readonly state: 'raised' | 'upheld' | 'rejected' | 'withdrawn';
    readonly answer: string | null;
    readonly answeredAt: number | null;
  }[];
};

/** All orders of a door that wait for a reply, as one sheet. */
export type ReplySheet = {
  readonly door: DoorId;
  readonly columns: readonly Omit<ReplyField, 'value'>[];
  readonly rows: readonly {
    readonly number: string;
    readonly caseNo: string | null;
    /** Written, and not handed back yet. */
    readonly ready: boolean;
    readonly fields: Readonly<Record<string, string>>;
  }[];
  /** There are more than fit on one sheet. */
  readonly more: boolean;
};

/** What a sheet that came back says: with a fault in any row nothing is written. */
export type ReplySheetReport = {
  readonly written: number;
  readonly rows: readonly {
    readonly line: number;
    readonly number: string;
    readonly faults: readonly string[];
  }[];
};

/** Figures of a door: `received` and `usedBefore` of the last thirty days, the others as it stands. */
export type DoorFigures = {
  readonly door: DoorId;
  readonly name: { readonly zh: string; readonly en: string };
  readonly received: number;
  readonly toComplete: number;
  readonly open: number;
  readonly late: number;
  readonly toReply: number;
  readonly objections: number;
  /** Mean share of the promise that was used before an order reached us. */
  readonly usedBefore: number | null;
};

/** What the import page needs to read a file the way the server checks it. */
export type DoorInfo = {
  readonly id: DoorId;
  readonly name: { readonly zh: string; readonly en: string };
  readonly oldestDays: number;
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** Words that their business type may hold, where a type that holds none of them is no process of ours. */
  readonly kinds: readonly string[] | null;
};

/** The line on a case's page: whose order it is, and what of its time was used before it reached us. */
export type OutsideOfCase = {
  readonly id: string;
  readonly door: DoorId;
  readonly name: { readonly zh: string; readonly en: string };
  readonly number: string;
  readonly startedAt: number;
  readonly receivedAt: number;
  readonly dueAt: number | null;
  readonly usedBefore: number | null;
};
