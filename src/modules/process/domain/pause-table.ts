import type { ClockRole, LocalText } from './definition.ts';

/** `none`: recorded and counted at once; `before`: counts from the approval on; `afterwards`: at once, until rejected. */
export type PauseApproval = 'none' | 'before' | 'afterwards';

export type PauseEvidence = 'recording' | 'message' | 'paper' | 'photo' | 'record';

export type PauseReason = {
  readonly id: string;
  readonly name: LocalText;
  readonly businesses: readonly string[];
  readonly roles: readonly ClockRole[];
  readonly approval: PauseApproval;
  readonly until: 'required' | 'optional';
  readonly evidence: readonly PauseEvidence[];
  readonly source: string;
  readonly confidence: string;
};

/** Which reasons may pause which clocks; what it does not name never pauses. */
export type PauseTable = {
  readonly never: readonly { readonly process: string; readonly roles: readonly ClockRole[] }[];
  readonly reasons: readonly PauseReason[];
};

export type PauseRefusal =
  | 'pause.unknown-reason'
  | 'pause.never'
  | 'pause.not-this-business'
  | 'pause.not-this-role'
  | 'pause.clock-not-running'
  | 'pause.limit-is-over';

/** A clock as far as a pause asks. */
export type PausableClock = {
  readonly role: ClockRole;
  readonly state: 'running' | 'paused' | 'met' | 'cancelled';
  /** Its deadline has passed: a limit that is over stays over. */
  readonly over: boolean;
};

/** Why this reason may not pause this clock; undefined: it may. The law's clocks have no reason that pauses them. */
export function refusesPause(
  table: PauseTable,
  of: { readonly process: string; readonly business: string },
  clock: PausableClock,
  reasonId: string,
): PauseRefusal | undefined {
  const reason = table.reasons.find((one) => one.id === reasonId);
  if (reason === undefined) return 'pause.unknown-reason';
  const forbidden = table.never.some((one) => one.process === of.process && one.roles.includes(clock.role));
  if (forbidden || clock.role === 'law') return 'pause.never';
  if (!reason.businesses.includes(of.business)) return 'pause.not-this-business';
  if (!reason.roles.includes(clock.role)) return 'pause.not-this-role';
  if (clock.state !== 'running') return 'pause.clock-not-running';
  return clock.over ? 'pause.limit-is-over' : undefined;
}
