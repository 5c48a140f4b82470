/** A case as its row keeps it and its events tell it. */
export type RebuiltCase = {
  readonly seq: number;
  readonly state: 'open' | 'closed';
  readonly reopened: number;
  readonly urged: number;
  readonly supervision: number;
  readonly endedAs: 'stopped' | 'withdrawn' | null;
};

export type RecordedCaseEvent = {
  readonly seq: number;
  readonly type: string;
  readonly data: Record<string, unknown>;
};

const BEGIN: RebuiltCase = {
  seq: 0,
  state: 'open',
  reopened: 0,
  urged: 0,
  supervision: 0,
  endedAs: null,
};

/** Folds the stream of one case; a gap in it is a surprise and throws. */
export function rebuildCase(events: readonly RecordedCaseEvent[]): RebuiltCase {
  return events.reduce((before, event) => {
    if (event.seq !== before.seq + 1) throw new Error(`event ${event.seq} follows ${before.seq}`);
    return { ...after(before, event), seq: event.seq };
  }, BEGIN);
}

function after(before: RebuiltCase, { type, data }: RecordedCaseEvent): RebuiltCase {
  switch (type) {
    case 'case.accepted':
      return { ...before, state: typeof data['quickItem'] === 'string' ? 'closed' : 'open' };
    case 'case.closed':
      return { ...before, state: 'closed' };
    case 'case.reopened':
      return { ...before, state: 'open', reopened: Number(data['times']), endedAs: null };
    case 'case.urged':
      return { ...before, urged: Number(data['urged']), supervision: Number(data['supervision']) };
    case 'complaint.graded':
      // The third complaint of one customer is supervised (R037).
      return { ...before, supervision: Number(data['supervision'] ?? before.supervision) };
    case 'supervision.asked':
      return { ...before, supervision: 2 };
    case 'end.decided':
      return data['approved'] === true
        ? { ...before, endedAs: data['kind'] === 'stopped' ? 'stopped' : 'withdrawn' }
        : before;
    default:
      return before;
  }
}
