import type { Condition, Facts } from './definition.ts';

/** A fact that is not known makes `is`, `in` and `atLeast` false; no condition means true. */
export function holds(condition: Condition | undefined, facts: Facts): boolean {
  if (condition === undefined) return true;
  if ('all' in condition) return condition.all.every((part) => holds(part, facts));
  if ('any' in condition) return condition.any.some((part) => holds(part, facts));
  if ('not' in condition) return !holds(condition.not, facts);

  const value = Object.hasOwn(facts, condition.fact) ? facts[condition.fact] : undefined;
  if (value === undefined) return false;
  if ('is' in condition) return value === condition.is;
  if ('in' in condition) return condition.in.includes(value);
  return typeof value === 'number' && value >= condition.atLeast;
}

/** The names of the facts that a condition asks for. */
export function factsOf(condition: Condition | undefined): readonly string[] {
  if (condition === undefined) return [];
  if ('all' in condition) return condition.all.flatMap(factsOf);
  if ('any' in condition) return condition.any.flatMap(factsOf);
  if ('not' in condition) return factsOf(condition.not);
  return [condition.fact];
}
