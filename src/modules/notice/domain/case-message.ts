/** What a message in the outbox can be. */
export const QUEUE_STATES = ['waiting', 'sending', 'failed', 'sent', 'withdrawn'] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

type LocalText = { readonly zh: string; readonly en: string };

/** What was said to a customer, and what he said. */
export type CaseMessage = {
  readonly id: string;
  readonly at: number;
  readonly direction: 'out' | 'in';
  readonly way: 'sms' | 'mail' | 'page' | 'counter';
  readonly name: LocalText | null;
  /** Null: not for this reader to see. */
  readonly text: LocalText | null;
  readonly state: QueueState | null;
};
