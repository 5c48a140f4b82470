import type { Instant } from '#kernel/instant.ts';
import { isOutside, measuredFields, type ReplyDraft, stepKey } from '#modules/process/domain/index.ts';
import { translate } from '../../lib/i18n.ts';
import type { JobView } from './job-view.ts';
import { messages } from './messages.ts';

/** What a crew taps: the words of the reply are made of it. */
export type ReplyTaps = {
  readonly cause: string;
  readonly measures: readonly string[];
  readonly result: 'restored' | 'temporary';
  readonly opinion: 'agrees' | 'absent' | 'objects';
  /** Anything else, typed or spoken into the keyboard. */
  readonly words: string;
};

/**
 * The reply (回单) out of taps and the record, in Chinese whatever language the phone shows: it is the company's paper. What
 * a crew cannot know stays away, and the office completes it.
 */
export function composeReply(view: JobView, taps: ReplyTaps, now: Instant): ReplyDraft {
  const { facts } = view.state;
  const repairedAt = instantOf(facts['repairedAt']);
  const restoredAt = instantOf(facts['resuppliedAt']);
  const measures = [...taps.measures, taps.words.trim()].filter((one) => one !== '');
  const cause = taps.cause.trim();
  return {
    ...contactOf(view, say('reply.notRung')),
    responsibleUnit: view.job.unit,
    ...(cause === '' ? {} : { cause }),
    verifiedOnSite: true,
    ...(measures.length === 0 ? {} : { measures: measures.join('；') }),
    result: [say(`reply.result.${taps.result}`), ...measuredOf(view)].join('；'),
    finishedAt: restoredAt ?? now,
    customerOpinion: say(`reply.opinion.${taps.opinion}`),
    outageAt: view.job.reportedAt,
    reportedAt: view.job.reportedAt,
    ...(repairedAt === undefined ? {} : { repairedAt }),
    ...(restoredAt === undefined ? {} : { restoredAt }),
  };
}

/** What was measured on the spot is said, with its limits where it is not between them. */
function measuredOf({ definition, state }: JobView): readonly string[] {
  return measuredFields(definition).flatMap((field) => {
    const value = state.facts[field.id];
    if (typeof value !== 'number') return [];
    const said = { name: field.name.zh, value, unit: field.unit ?? '', ...field.band };
    return say(isOutside(field, value) ? 'reply.outside' : 'reply.measured', said).trim();
  });
}

function say(key: keyof typeof messages.zh, values: Readonly<Record<string, string | number>> = {}): string {
  return translate(messages, 'zh', key, values);
}

/** By the record: the customer whose case it is was rung on the way, or he was not. */
function contactOf(view: JobView, whyNot: string): ReplyDraft {
  const step = view.definition.steps.find((one) => one.milestones?.some(({ name }) => name === 'contacted'));
  const of = step === undefined ? undefined : view.state.steps[stepKey(step.id, view.job.caseId)];
  if (of?.status === 'done' && of.at !== undefined) return { contacted: true, contactedAt: of.at };
  return { contacted: false, notContactedReason: whyNot };
}

function instantOf(value: unknown): Instant | undefined {
  return typeof value === 'number' ? value : undefined;
}
