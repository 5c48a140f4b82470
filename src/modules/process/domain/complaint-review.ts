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

type Held = { readonly verdict: Verdict; readonly liability: Liability; readonly liableUnit: string | null };

/**
 * The appeal is decided by somebody who gave no verdict on it and belongs to no unit concerned, old or new. A change says
 * what the verdict becomes: the unit stays liable, is cleared, or another one is liable in its stead, which may then appeal
 * itself. Refusals: `complaint.same-person`, `complaint.judge-concerned`, `complaint.liability-missing`,
 * `complaint.unit-missing`, `complaint.unfounded-liable`, `appeal.nothing-changed`.
 */
export function decideAppealResult(request: {
  readonly result: 'upheld' | 'changed';
  readonly before: Held;
  readonly after: Held | null;
  readonly judgedBy: string;
  readonly judge: Judge;
  readonly unitsConcerned: readonly string[];
}): Held | Refusal {
  const { before, judge } = request;
  const after = request.result === 'upheld' ? before : request.after;
  const others = after === null || after.liableUnit === null ? [] : [after.liableUnit];
  const fault = unfitJudge(judge, request.judgedBy, [...request.unitsConcerned, ...others]);
  if (fault !== undefined) return fault;
  if (after === null) return refuse('complaint.liability-missing');
  const needsUnit = after.liability === 'unit' || after.liability === 'person';
  if (needsUnit && after.liableUnit === null) return refuse('complaint.unit-missing');
  if (needsUnit && after.verdict === 'unfounded') return refuse('complaint.unfounded-liable');
  const held = { ...after, liableUnit: needsUnit ? after.liableUnit : null };
  const same =
    held.verdict === before.verdict &&
    held.liability === before.liability &&
    held.liableUnit === before.liableUnit;
  return request.result === 'changed' && same ? refuse('appeal.nothing-changed') : held;
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
