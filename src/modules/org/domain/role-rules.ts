import { type Refusal, refuse } from '#kernel/result.ts';
import { roles } from './permissions.ts';

/** 三权分立 (GB/T 22239 §8.1.4.2): who runs the system, who gives the rights, and who checks both are three people. */
export const ADMINISTRATORS: readonly string[] = ['administrator', 'security-admin', 'auditor'];

export function isAdministrator(held: readonly string[]): boolean {
  return held.some((role) => ADMINISTRATORS.includes(role));
}

/**
 * May this role be added to those held? Nobody gives himself a right; a role of the three administrators stands alone.
 * Refusals `role.unknown`, `role.own`, `role.held`, `role.separate`.
 */
export function checkGrant(facts: {
  readonly role: string;
  readonly held: readonly string[];
  readonly own: boolean;
}): Refusal | undefined {
  const { role, held, own } = facts;
  if (!roles.includes(role)) return refuse('role.unknown');
  if (own) return refuse('role.own');
  if (held.includes(role)) return refuse('role.held');
  const alone = ADMINISTRATORS.includes(role) || isAdministrator(held);
  if (alone && held.length > 0) return refuse('role.separate', { held: held.join(', ') });
  return undefined;
}

/** May this role be taken? Not from oneself, and not from the last who can sign in with it where there must be one. */
export function checkRevoke(facts: {
  readonly role: string;
  readonly held: readonly string[];
  readonly own: boolean;
  /** Others with this role who can sign in. */
  readonly others: number;
}): Refusal | undefined {
  const { role, held, own, others } = facts;
  if (!held.includes(role)) return refuse('role.unknown');
  if (own) return refuse('role.own');
  return ADMINISTRATORS.includes(role) && others === 0 ? refuse('role.last') : undefined;
}
