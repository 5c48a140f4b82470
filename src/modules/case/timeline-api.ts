import type { Band, EnteredWhy, FactValue, FieldDoubt, StepField } from '#modules/process/domain/index.ts';
import type { CallOutcome, LocalName } from './case-words-api.ts';

/** One event of a case or of its order, as its page tells it. */
export type TimelineView = {
  readonly at: number;
  readonly recordedAt: number;
  readonly type: string;
  readonly step: LocalName | null;
  /** A limit that warned or was broken, by its share; the reason of a pause. */
  readonly about: LocalName | null;
  readonly percent: number | null;
  readonly actor: string | null;
  /** What a call to the customer came to. */
  readonly outcome: CallOutcome | null;
  /** When it happened by what was said, whether that is believed, and for whom it was entered. */
  readonly field: {
    readonly claimed: number;
    readonly doubt: FieldDoubt | null;
    /** 补录: kept on a phone, sent later. */
    readonly late: boolean;
    readonly enteredFor: { readonly name: string; readonly why: EnteredWhy } | null;
  } | null;
  /** The step was not the company's: whose time it was, and from when. */
  readonly waited: {
    readonly owner: 'customer' | 'dispatch' | 'upper' | 'outside';
    readonly from: number;
  } | null;
  /** What was filled in, beside words: a measured value, what was chosen, the material and how much of it. */
  readonly entered: readonly EnteredView[];
  readonly texts: readonly { readonly field: string | null; readonly body: string | null }[];
};

export type EnteredView = {
  readonly name: LocalName;
  readonly value: FactValue | LocalName;
  /** Of an instant: its value is a time. */
  readonly type: StepField['type'];
  readonly unit: string | null;
  /** What it should lie between, where it does not. */
  readonly outside: Band | null;
};
