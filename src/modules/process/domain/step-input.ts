import { type Refusal, refuse } from '#kernel/result.ts';
import { holds } from './condition.ts';
import type { Facts, FactValue, Paper, ProcessDefinition, StepDefinition, StepField } from './definition.ts';

/** Stands in an event where words were typed; the words themselves lie in a row that can be blanked (design rule 8). */
export const WORDS_KEPT = '·';

/** What somebody hands in with a finished step. `checked`: ids of checklist items whose evidence is there. */
export type StepInput = {
  readonly outcome?: 'pass' | 'fail';
  readonly values?: Facts;
  readonly checked?: readonly string[];
};

/**
 * Refusals: `process.outcome-missing`, `process.value-missing`, `process.value-invalid`,
 * `process.value-unknown`, `process.value-outside`, `process.value-differs`, `process.value-same`, `process.value-early`,
 * `process.check-missing`, `process.paper-missing` — each names the field.
 * A failed acceptance needs neither checklist nor papers: that is often why it failed.
 */
export function checkStepInput(
  definition: ProcessDefinition,
  step: StepDefinition,
  facts: Facts,
  input: StepInput,
): Refusal | undefined {
  if ((step.kind === 'acceptance') !== (input.outcome !== undefined)) {
    return refuse('process.outcome-missing', { step: step.id });
  }
  const values = input.values ?? {};
  const fields = step.fields ?? [];
  const unknown = Object.keys(values).find((id) => !fields.some((field) => field.id === id));
  if (unknown !== undefined) return refuse('process.value-unknown', { step: step.id, field: unknown });

  for (const field of fields) {
    const value = values[field.id];
    if (value === undefined || value === '') {
      if (field.required === true) return refuse('process.value-missing', { step: step.id, field: field.id });
    } else if (!fits(field, value)) {
      return refuse('process.value-invalid', { step: step.id, field: field.id });
    }
  }
  if (input.outcome === 'fail') return undefined;
  const contrary = contraryTo(step, facts, values);
  if (contrary !== undefined) return contrary;

  const checked = new Set(input.checked ?? []);
  const open = (step.checklist ?? []).find((item) => item.required === true && !checked.has(item.id));
  if (open !== undefined) return refuse('process.check-missing', { step: step.id, item: open.id });
  const paper = missingPapers(definition, facts, step.id)[0]?.id ?? askedPapers(facts, step.id)[0];
  return paper === undefined ? undefined : refuse('process.paper-missing', { step: step.id, paper });
}

/**
 * Papers still missing: all of them (for 一次性告知, said once), or those without which `until` cannot be
 * finished ('intake' or a step). A paper is there when the fact `paper.<id>` is true.
 */
export function missingPapers(definition: ProcessDefinition, facts: Facts, until?: string): readonly Paper[] {
  return (definition.papers ?? []).filter(
    (paper) =>
      (until === undefined || paper.until === until) &&
      holds(paper.when, facts) &&
      facts[`paper.${paper.id}`] !== true,
  );
}

const ASKED = 'paper-until.';

/** The fact that a paper, of the handbook or in words, was asked for later, and is needed before a step can be finished. */
export function paperAsked(paper: string, until: string): Facts {
  return { [`${ASKED}${paper}`]: until };
}

function askedPapers(facts: Facts, until: string): readonly string[] {
  return Object.entries(facts)
    .filter(([fact, step]) => fact.startsWith(ASKED) && step === until)
    .map(([fact]) => fact.slice(ASKED.length))
    .filter((paper) => facts[`paper.${paper}`] !== true)
    .toSorted();
}

/** What does not go with what was written down before, or beside it. */
function contraryTo(step: StepDefinition, facts: Facts, values: Facts): Refusal | undefined {
  for (const one of step.fields ?? []) {
    const { id: field, equals, differs, notBefore } = one;
    const value = values[field];
    if (value === undefined) continue;
    const detail = { step: step.id, field };
    if (isOutside(one, value) && !isSaid(values[one.range?.why ?? '']))
      return refuse('process.value-outside', { ...detail, ...one.band });
    if (equals !== undefined && value !== facts[equals])
      return refuse('process.value-differs', {
        ...detail,
        other: equals,
        expected: String(facts[equals] ?? ''),
      });
    if (differs !== undefined && sameWords(value, values[differs]))
      return refuse('process.value-same', { ...detail, other: differs });
    const first = notBefore === undefined ? undefined : (values[notBefore] ?? facts[notBefore]);
    if (typeof first === 'number' && Number(value) < first)
      return refuse('process.value-early', { ...detail, other: notBefore ?? '' });
  }
  return undefined;
}

/** A measured number that is not between its limits: it is asked again, and taken with a reason. */
export function isOutside({ band }: Pick<StepField, 'band'>, value: FactValue | undefined): boolean {
  return band !== undefined && typeof value === 'number' && (value < band.least || value > band.most);
}

/** The fields to fill in: why a measured value is off is asked only where it is. */
export function askedFields<T extends Pick<StepField, 'id' | 'range' | 'band'>>(
  fields: readonly T[],
  values: Facts,
): readonly T[] {
  return fields.filter(({ id }) =>
    fields.every((other) => other.range?.why !== id || isOutside(other, values[other.id])),
  );
}

/** What was filled in of the fields that are asked: a reason for what was measured anew is left out. */
export function valuesOf(fields: readonly Pick<StepField, 'id'>[], values: Facts): Facts {
  return Object.fromEntries(Object.entries(values).filter(([id]) => fields.some((field) => field.id === id)));
}

function isSaid(value: FactValue | undefined): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function sameWords(one: FactValue, other: FactValue | undefined): boolean {
  // Told from events the words are gone; they were compared when they were typed.
  if (one === WORDS_KEPT) return false;
  return String(one).replaceAll(/\s/g, '') === String(other ?? '').replaceAll(/\s/g, '');
}

/** The year 2243: whoever enters something later has mistyped. */
const LAST_INSTANT = 8_640_000_000_000;

function fits(field: StepField, value: FactValue): boolean {
  switch (field.type) {
    case 'text':
      return typeof value === 'string';
    case 'enum':
      return (field.options ?? []).some((option) => option.id === value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'instant':
      return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= LAST_INSTANT;
    case 'boolean':
      return typeof value === 'boolean';
  }
}
