import { type Refusal, refuse } from '#kernel/result.ts';

export type Judge = { readonly personId: string; readonly unitIds: readonly string[] };

/**
 * 投诉 may become 意见 only by a second person outside every unit concerned; the change stays visible
 * (§13.0). Refusals: `complaint.same-person`, `complaint.judge-concerned`, `complaint.not-reclassifiable`.
 */
export function decideReclassification(request: {
  readonly from: string;
  readonly to: string;
  readonly askedBy: string;
  readonly judge: Judge;
  readonly unitsConcerned: readonly string[];
}): { readonly to: string; readonly staysVisible: true } | Refusal {
  if (request.from !== 'TS' || request.to === 'TS') {
    return refuse('complaint.not-reclassifiable', { from: request.from, to: request.to });
  }
  const fault = unfitJudge(request.judge, request.askedBy, request.unitsConcerned);
  return fault ?? { to: request.to, staysVisible: true };
}

export type Verdict = 'founded' | 'partly' | 'unfounded';
export type Liability = 'none' | 'unit' | 'person' | 'outside';

/**
 * 属实与责任认定. Nobody concerned judges; a founded complaint names who is liable or why nobody is.
 * Refusals: `complaint.judge-concerned`, `complaint.same-person`, `complaint.liability-missing`,
 * `complaint.unit-missing`, `complaint.unfounded-liable`.
 */
export function decideVerdict(request: {
  readonly verdict: Verdict;
  readonly liability?: Liability;
  readonly liableUnit?: string;
  readonly investigator: string;
  readonly judge: Judge;
  readonly unitsConcerned: readonly string[];
}): { readonly verdict: Verdict; readonly liability: Liability; readonly mayAppeal: boolean } | Refusal {
  const fault = unfitJudge(request.judge, request.investigator, request.unitsConcerned);
  if (fault !== undefined) return fault;
  if (request.verdict !== 'unfounded' && request.liability === undefined) {
    return refuse('complaint.liability-missing');
  }
  const liability = request.liability ?? 'none';
  const needsUnit = liability === 'unit' || liability === 'person';
  if (needsUnit && request.liableUnit === undefined) return refuse('complaint.unit-missing');
  if (needsUnit && request.verdict === 'unfounded') return refuse('complaint.unfounded-liable');
  return { verdict: request.verdict, liability, mayAppeal: needsUnit };
}

/**
 * 申诉: the unit held liable, once, before the complaint is filed; decided by someone who did not give the
 * verdict. It never pauses a clock of the complaint (§13.0). Refusals: `appeal.not-liable`, `appeal.twice`,
 * `appeal.too-late`.
 */
export function decideAppeal(request: {
  readonly liableUnit: string | null;
  readonly byUnit: string;
  readonly appealsBefore: number;
  readonly archived: boolean;
}): { readonly accepted: true } | Refusal {
  if (request.liableUnit !== request.byUnit) return refuse('appeal.not-liable');
  if (request.appealsBefore > 0) return refuse('appeal.twice');
  if (request.archived) return refuse('appeal.too-late');
  return { accepted: true };
}

/**
 * The appeal is decided by somebody who gave no verdict on it and belongs to no unit concerned. A change says what the
 * verdict becomes; the unit stays liable or is cleared, for another one would need a new investigation. Refusals:
 * `complaint.same-person`, `complaint.judge-concerned`, `complaint.liability-missing`, `appeal.nothing-changed`.
 */
export function decideAppealResult(request: {
  readonly result: 'upheld' | 'changed';
  readonly before: { readonly verdict: Verdict; readonly liability: Liability };
  readonly after: { readonly verdict: Verdict; readonly liability: Liability } | null;
  readonly judgedBy: string;
  readonly judge: Judge;
  readonly unitsConcerned: readonly string[];
}):
  | { readonly verdict: Verdict; readonly liability: Liability; readonly unitStaysLiable: boolean }
  | Refusal {
  const fault = unfitJudge(request.judge, request.judgedBy, request.unitsConcerned);
  if (fault !== undefined) return fault;
  const { before } = request;
  const after = request.result === 'upheld' ? before : request.after;
  if (after === null) return refuse('complaint.liability-missing');
  const same = after.verdict === before.verdict && after.liability === before.liability;
  if (request.result === 'changed' && same) return refuse('appeal.nothing-changed');
  return { ...after, unitStaysLiable: after.liability === 'unit' || after.liability === 'person' };
}

export function unfitJudge(
  judge: Judge,
  other: string,
  unitsConcerned: readonly string[],
): Refusal | undefined {
  if (judge.personId === other) return refuse('complaint.same-person');
  if (judge.unitIds.some((unit) => unitsConcerned.includes(unit))) return refuse('complaint.judge-concerned');
  return undefined;
}
