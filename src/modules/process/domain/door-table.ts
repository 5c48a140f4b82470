import type { ReplyField } from './check-reply.ts';
import type { LocalText } from './definition.ts';

/** What an order from outside says, whatever its system calls it. */
export type OutsideField =
  | 'number'
  | 'startedAt'
  | 'kind'
  | 'contactName'
  | 'contactPhone'
  | 'accountNo'
  | 'place'
  | 'words'
  | 'urgency'
  | 'area';

export type OutsideDoorId = '95598' | '12398' | '12345';

/** A field of a reply as the other side wants it; `as` says which field of our own reply fills it. */
export type OutsideReplyField = {
  readonly id: string;
  readonly name: LocalText;
  readonly as: ReplyField;
  readonly form: 'text' | 'yes-no' | 'instant';
  readonly required: boolean;
};

export type DoorDefinition = {
  readonly id: OutsideDoorId;
  readonly name: LocalText;
  /** They ring the customer themselves; a second call would be one too many (domain-rules §13.0). */
  readonly callBackTheirs: boolean;
  /** An order that began earlier is taken for a slip of the pen. */
  readonly oldestDays: number;
  readonly labels: Readonly<Record<OutsideField, readonly string[]>>;
  readonly types: readonly {
    readonly says: readonly string[];
    readonly process: string;
    readonly caseType: string;
  }[];
  /** What an order becomes that no `says` knows; without it, a person chooses. */
  readonly otherwise?: { readonly process: string; readonly caseType: string };
  readonly reply: readonly OutsideReplyField[];
  readonly source: string;
  readonly confidence: 'A' | 'B' | 'C' | 'D';
};

/** A big button of the customers' own page. */
export type PageItem = {
  readonly id: string;
  readonly name: LocalText;
  readonly process: string;
  readonly caseType: string;
  /** Others may have reported the same: what is known is said before a case is made. */
  readonly fault: boolean;
};

export type SmsHazard = 'line-down' | 'pole' | 'shock' | 'fire';

/** How an SMS is read that answers nothing of ours. All words are in small letters. */
export type SmsWords = {
  /** Who stands as asked first. */
  readonly name: LocalText;
  /** What a report of missing supply becomes. */
  readonly process: string;
  readonly caseType: string;
  readonly dark: readonly string[];
  /** What sounds like a report and is none. */
  readonly unless: readonly string[];
  /** It is to be reported although the answer was that it is known. */
  readonly insist: readonly string[];
  readonly hazards: readonly { readonly hazard: SmsHazard; readonly words: readonly string[] }[];
};

export type DoorTable = {
  readonly doors: readonly DoorDefinition[];
  readonly areas: Readonly<Record<'city' | 'rural' | 'remote', readonly string[]>>;
  /** Who stands as asked first where a customer reported by the page himself. */
  readonly pageName: LocalText;
  readonly page: readonly PageItem[];
  /** Absent in handbooks before it was thought of: nothing unasked is read then. */
  readonly sms?: SmsWords;
};

export const noDoors: DoorTable = {
  doors: [],
  areas: { city: [], rural: [], remote: [] },
  pageName: { zh: '', en: '' },
  page: [],
};
