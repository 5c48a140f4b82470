export type AuditLine = {
  readonly id: string;
  readonly at: number;
  readonly actor: string | null;
  readonly action: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly objectType: string;
  readonly objectId: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
  /** The number in the chain; null: of the last second. */
  readonly seal: number | null;
};

export type AuditPage = {
  readonly rows: readonly AuditLine[];
  readonly next: string | null;
  readonly total: number;
  readonly capped: boolean;
};

export type AuditState = {
  readonly sealed: number;
  /** The last head that was exported, by its business day. */
  readonly lastHead: string | null;
  /** Entries marked as alarms within the last day. */
  readonly alarms: number;
};
