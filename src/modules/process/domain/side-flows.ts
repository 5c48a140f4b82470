import { type Refusal, refuse } from '#kernel/result.ts';

type RejectionReason = 'wrong-unit' | 'key-data-missing' | 'not-utility-business';

/**
 * 退单 (§3.5): for three reasons only, once per unit; the second rejection of an order goes to the control
 * centre, which decides for good. Refusals: `rejection.reason`, `rejection.twice`, `rejection.taken-already`.
 */
export function decideRejection(request: {
  readonly reason: string;
  readonly unit: string;
  readonly rejectedBy: readonly string[];
  readonly accepted: boolean;
}): { readonly to: 'sender' | 'control-centre' } | Refusal {
  if (!isRejectionReason(request.reason)) return refuse('rejection.reason');
  if (request.accepted) return refuse('rejection.taken-already');
  if (request.rejectedBy.includes(request.unit)) return refuse('rejection.twice');
  return { to: request.rejectedBy.length === 0 ? 'sender' : 'control-centre' };
}

/**
 * 催办 (§3.5, §13.0): a child record that resets no clock; from the second on the level of supervision
 * rises by one. The grade of the complaint is not touched, whoever urges how often.
 */
export function decideUrging(urgingsBefore: number): {
  readonly supervision: 0 | 1;
  readonly resetsClock: false;
  readonly changesGrade: false;
} {
  return { supervision: urgingsBefore + 1 >= 2 ? 1 : 0, resetsClock: false, changesGrade: false };
}

/** R037: the same customer with the same issue for the third time is reported to the leaders. */
export function isRepeatEscalation(complaintsOfSameIssue: number, limit: number): boolean {
  return complaintsOfSameIssue >= limit;
}

/**
 * After the customer's word (design §1, issue D14): not solved reopens once; solved but dissatisfied owes a
 * call within 24 hours; a second "not solved" is the control centre's, with its history.
 */
export function decideAfterEvaluation(answer: {
  readonly solved: boolean;
  readonly satisfied: boolean;
  readonly reopenedBefore: number;
}): 'close' | 'reopen' | 'call-within-24h' | 'to-control-centre' {
  if (!answer.solved) return answer.reopenedBefore === 0 ? 'reopen' : 'to-control-centre';
  return answer.satisfied ? 'close' : 'call-within-24h';
}

function isRejectionReason(reason: string): reason is RejectionReason {
  return reason === 'wrong-unit' || reason === 'key-data-missing' || reason === 'not-utility-business';
}
