import type { HandbookVersion } from '#modules/process/index.ts';
import {
  HELP_REASONS,
  isHelpReason,
  isOutside,
  type ProcessDefinition,
  type StepDefinition,
  stepOf,
} from '#modules/process/domain/index.ts';
import type { LocalName } from './case-words-api.ts';
import type { EventRow, TextRow } from './case-reads.ts';
import { nameOf } from './name-of.ts';
import { DRAFT_FIELD } from './reply-drafts.ts';
import type { EnteredView, TimelineView } from './timeline-api.ts';

/** What happened, with what was entered: the words only of those that the reader may see. */
export function timelineEntry(
  event: EventRow,
  of: {
    readonly version: HandbookVersion;
    readonly definition: ProcessDefinition | undefined;
    readonly texts: readonly TextRow[];
  },
): TimelineView {
  const { data } = event;
  const id = data.ref?.step ?? data.from?.step ?? data.step;
  const step = id === undefined || of.definition === undefined ? undefined : stepOf(of.definition, id);
  return {
    at: event.at,
    recordedAt: event.recorded_at,
    type: event.type,
    step: step?.name ?? null,
    about: aboutOf(event, of.version),
    percent: data.percent ?? null,
    actor: event.actor,
    outcome: event.type === 'customer.called' ? (data.outcome ?? null) : null,
    field: fieldOf(event),
    waited:
      step === undefined || step.ownerOfTime === 'company' || event.ready_at === null
        ? null
        : { owner: step.ownerOfTime, from: event.ready_at },
    entered: enteredOf(event, step),
    texts: of.texts
      .filter((text) => data.textIds?.includes(text.id) === true && text.field !== DRAFT_FIELD)
      .map(({ field, body }) => ({ field, body })),
  };
}

function fieldOf({ data, entered_for: name }: EventRow): TimelineView['field'] {
  if (data.field === undefined) return null;
  const { claimed, doubt, enteredFor, late = false } = data.field;
  return {
    claimed,
    doubt,
    late,
    enteredFor: enteredFor === null || name === null ? null : { name, why: enteredFor.why },
  };
}

/** Of a step its values, by the names and options of its fields; of material which and how much. */
function enteredOf({ data }: EventRow, step: StepDefinition | undefined): readonly EnteredView[] {
  const { material, amount, values = {} } = data;
  if (material !== undefined && amount !== undefined) {
    const name = { zh: material, en: material };
    return [{ name, value: amount, type: 'number', unit: null, outside: null }];
  }
  return (step?.fields ?? []).flatMap((field): readonly EnteredView[] => {
    const value = values[field.id];
    if (value === undefined || field.type === 'text') return [];
    return [
      {
        name: field.name,
        value: field.options?.find((option) => option.id === value)?.name ?? value,
        type: field.type,
        unit: field.unit ?? null,
        outside: isOutside(field, value) ? (field.band ?? null) : null,
      },
    ];
  });
}

function aboutOf({ type, data }: EventRow, version: HandbookVersion): LocalName | null {
  const { limits, pauses, fiveOnes } = version.handbook;
  const { reason = '' } = data;
  if (type.startsWith('ones.') && data.why !== undefined) return nameOf(fiveOnes.reasons, data.why);
  if (type === 'crew.gave-back') return nameOf(fiveOnes.reasons, reason);
  if (type === 'crew.asked-help') return isHelpReason(reason) ? HELP_REASONS[reason] : null;
  if (data.limitId !== undefined) return limits.find((one) => one.id === data.limitId)?.name ?? null;
  if (data.pauseId === undefined) return null;
  return pauses.reasons.find((one) => one.id === reason)?.name ?? null;
}
