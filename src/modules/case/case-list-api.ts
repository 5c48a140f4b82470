import type { LocalName } from './case-words-api.ts';

// Lines of lists of cases and of work. The web app imports the types only.

/** One line of 我的待办: a task with its case and the clock that leads. */
export type WorkItem = {
  readonly taskId: string;
  readonly orderId: string;
  readonly seq: number;
  readonly caseId: string;
  readonly caseNo: string;
  readonly channel: string;
  /** Of another system's order: from their acceptance to its tightest promise. */
  readonly outside: { readonly startedAt: number; readonly dueAt: number } | null;
  readonly process: LocalName;
  readonly step: LocalName;
  readonly inform: boolean;
  /** Of a step that rings the customer: from when one may ring (R109); null: now. */
  readonly ringFrom: number | null;
  readonly rework: boolean;
  readonly mine: boolean;
  readonly householdPlace: string | null;
  readonly words: string | null;
  readonly readyAt: number;
  readonly startedAt: number | null;
  readonly dueAt: number | null;
  /** Every clock that counts here stands still. */
  readonly paused: boolean;
};

export type CaseListItem = {
  readonly id: string;
  readonly no: string;
  readonly caseType: LocalName;
  readonly title: LocalName;
  readonly channel: string;
  readonly state: 'open' | 'closed';
  readonly place: string | null;
  readonly unit: string;
  readonly acceptedAt: number;
  readonly startedAt: number | null;
  readonly dueAt: number | null;
  /** Every clock that counts here stands still. */
  readonly paused: boolean;
};

/** A case that Ctrl+K found. */
export type FoundCase = {
  readonly id: string;
  readonly no: string;
  readonly caseType: LocalName;
  readonly place: string | null;
  readonly state: 'open' | 'closed';
};

export type CasePage = {
  readonly items: readonly CaseListItem[];
  readonly next: string | null;
  /** Of the whole list, counted up to 10,000; `capped` says that there are more. Null on later pages: the first has said it. */
  readonly total: number | null;
  readonly capped: boolean;
};
