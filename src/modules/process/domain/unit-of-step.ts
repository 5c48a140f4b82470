import { type Refusal, refuse } from '#kernel/result.ts';
import type { StepDefinition } from './definition.ts';

export type UnitFacts = {
  /** The unit whose clerk took the case in. */
  readonly intakeUnit: string;
  /** The station of the household; null for a passer-by. */
  readonly stationUnit: string | null;
  /** The unit that leads the order; null before anyone does. */
  readonly leadUnit: string | null;
  /** Units complained about: they may neither work on nor see steps that keep the accused away (design rule 2). */
  readonly accusedUnits: readonly string[];
};

/**
 * The unit code that gets the task. Without a station the leading or else the intake unit works on it.
 * Refuses with `process.no-unit` when the accused unit would be the only one left.
 */
export function unitOfStep(step: StepDefinition, facts: UnitFacts): string | Refusal {
  const unit = plainUnit(step, facts);
  if (step.unit.accusedExcluded !== true || !facts.accusedUnits.includes(unit)) return unit;

  const otherwise = step.unit.otherwise;
  if (otherwise !== undefined && !facts.accusedUnits.includes(otherwise)) return otherwise;
  return refuse('process.no-unit', { step: step.id });
}

function plainUnit(step: StepDefinition, facts: UnitFacts): string {
  switch (step.unit.rule) {
    case 'fixed':
      return step.unit.unit ?? facts.intakeUnit;
    case 'intake':
      return facts.intakeUnit;
    case 'station':
      return facts.stationUnit ?? step.unit.otherwise ?? facts.leadUnit ?? facts.intakeUnit;
    case 'lead':
      return facts.leadUnit ?? facts.intakeUnit;
  }
}
