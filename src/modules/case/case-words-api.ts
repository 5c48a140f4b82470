// What the views of a case are made of.

export type LocalName = { readonly zh: string; readonly en: string };

export type CallOutcome = 'reached' | 'no-answer' | 'wrong-number' | 'declined';
