import { DAY, MINUTE } from '#kernel/instant.ts';
import type { CaseView } from '#modules/case/case-api.ts';
import type { TimelineView } from '#modules/case/timeline-api.ts';
import { formatDateTime, formatDuration } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { Timeline } from '../../../ui/Timeline.tsx';
import { useNames } from '../case-queries.ts';
import { clockMessages } from '../clock-messages.ts';
import { useEntered } from '../entered-words.ts';
import { fieldMessages } from '../field-messages.ts';
import { messages } from '../messages.ts';
import { workMessages } from '../work-messages.ts';

const EVENTS = [
  'case.accepted',
  'case.closed',
  'task.taken',
  'step.done',
  'step.returned',
  'clock.fired',
  'clock.moved',
  'clock.paused',
  'clock.pause-asked',
  'clock.pause-withdrawn',
  'clock.pause-approved',
  'clock.pause-rejected',
  'clock.resumed',
] as const;

/** What happens beside the steps. Both streams of a merge tell of it; the case's own is shown. */
const BESIDE = [
  'case.reopened',
  'case.escalated',
  'case.urged',
  'case.noted',
  'case.linked',
  'case.unlinked',
  'joint.asked',
  'joint.answered',
  'supervision.asked',
  'commitment.made',
  'commitment.moved',
  'commitment.ended',
  'end.asked',
  'end.decided',
  'customer.called',
  'task.handed-over',
  'task.bounced',
  'demand.repeated',
  'supply.denied',
  'papers.told',
  'papers.asked-again',
  'paper.received',
  'order.stopped',
  'task.released',
  'complaint.graded',
  'complaint.judged',
  'complaint.appealed',
  'appeal.decided',
  'person.kept-away',
  'person.let-back',
  'duty.done',
  'support.reviewed',
  'meeting.called',
  'meeting.decided',
  'meeting.held',
  'meeting.cancelled',
  'reclassification.asked',
  'reclassification.decided',
] as const;

/** What comes from the field, from the customer himself, and from other doors. */
const FROM_OUTSIDE = [
  'clock.corrected',
  'ones.exception',
  'ones.excuse-told',
  'supply.group-added',
  'supply.energised',
  'supply.resupplied',
  'field.seconded',
  'field.far',
  'crew.order-sent',
  'crew.asked-help',
  'crew.gave-back',
  'material.used',
  'reply.drafted',
  'outage.told',
  'outage.estimated',
  'task.passed',
  'crew.sent',
  'crew.changed',
  'permission.withdrawn',
  'earths.lifted-for',
  'task.rejected',
  'file.added',
  'file.blanked',
  'customer.added',
  'case.evaluated',
  'outside.updated',
  'outside.replied',
  'outside.handed-back',
  'outside.returned',
  'outside.objected',
  'outside.objection-answered',
] as const;

/** One time line of the demand and of the work. */
export function CaseTimeline({ view }: { view: CaseView }) {
  const t = useT(messages);
  const tBeside = useT(workMessages);
  const tField = useT(fieldMessages);
  const tClock = useT(clockMessages);
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  const time = (at: number) => formatDateTime(at, now, language);
  const name = useNames();
  const saidOf = useEntered();
  const entries = view.timeline.flatMap((entry, i) => {
    const step = entry.step === null ? '' : name(entry.step);
    const title = titleOf(entry, step);
    if (title === undefined) return [];
    const said = [
      ...waitedOf(entry),
      ...noteOf(entry),
      ...entry.entered.map(saidOf),
      ...entry.texts.flatMap((text) => text.body ?? []),
    ];
    return [
      {
        id: `${view.timeline.length - i}`,
        at: entry.at,
        actor: entry.actor ?? '',
        title,
        ...(said.length === 0 ? {} : { body: said.join(' · ') }),
      },
    ];
  });

  function titleOf(entry: TimelineView, step: string): string | undefined {
    const type = EVENTS.find((one) => one === entry.type);
    if (type !== undefined)
      return t(entry.percent === 100 ? 'event.clock.broken' : `event.${type}`, {
        step,
        about: entry.about === null ? '' : name(entry.about),
        percent: entry.percent ?? '',
      });
    const beside = BESIDE.find((one) => one === entry.type);
    if (beside !== undefined) return tBeside(`event.${beside}`, { step });
    const outside = FROM_OUTSIDE.find((one) => one === entry.type);
    const about = entry.about === null ? '' : name(entry.about);
    return outside === undefined ? undefined : tField(`event.${outside}`, { step, about });
  }

  /** A value with its name and unit; a measured one outside its limits says so. */
  /** Minutes that were somebody else's: of 调控, where the grid dispatcher permitted. */
  function waitedOf({ waited, at }: TimelineView): readonly string[] {
    if (waited === null) return [];
    const span = formatDuration(Math.max(0, at - waited.from), language);
    return [
      tField('waited', {
        from: time(waited.from),
        to: time(at),
        span,
        owner: tClock(`owner.${waited.owner}`),
      }),
    ];
  }

  /** What a call came to; when it happened and when it was entered, where the two differ; for whom. */
  function noteOf({ at, outcome, field, recordedAt }: TimelineView): readonly string[] {
    if (field === null) return outcome === null ? [] : [tField(`calls.${outcome}`)];
    const { claimed, doubt, enteredFor, late } = field;
    return [
      ...(late ? [tField('told.late')] : []),
      ...(doubt === null ? [] : [tField('told.claimed', { time: time(claimed) })]),
      ...(recordedAt - at < MINUTE ? [] : [tField('told.recorded', { time: time(recordedAt) })]),
      ...(doubt === null ? [] : [tField(`doubt.${doubt}`)]),
      ...(enteredFor === null
        ? []
        : [tField('told.for', { name: enteredFor.name, why: tField(`why.${enteredFor.why}`) })]),
    ];
  }

  return (
    <section>
      <h2>{t('case.timeline')}</h2>
      <Timeline label={t('case.timeline')} entries={entries} />
    </section>
  );
}
