import type { Instant } from '#kernel/instant.ts';
import type { CallView } from '#modules/hall/call-api.ts';
import type { Standing } from '#modules/hall/hall-api.ts';
import { formatBy, formatSoon } from '../../../lib/format.ts';
import { type Language, translate } from '../../../lib/i18n.ts';
import { callMessages } from '../call-messages.ts';

export type SpokenFacts = {
  readonly company: string;
  readonly call: Pick<CallView, 'area' | 'households'>;
  /** Of the household that calls, where it is known which. */
  readonly household: CallView['households'][number] | undefined;
  readonly standing: Standing | undefined;
  readonly now: Instant;
  readonly language: Language;
};

/**
 * One sentence that can be read out as it stands, from what is known: the planned outage he is in, then the repair in his area, before his own open case,
 * because that is most likely why he calls; a broken promise is said before he says it. The company's own limits are not told.
 */
export function spokenSentence(facts: SpokenFacts): string {
  const { standing, household, call } = facts;
  const say = (key: keyof (typeof callMessages)['zh'], params = {}) =>
    translate(callMessages, facts.language, key, { company: facts.company, ...params });
  const by = (at: Instant) => formatBy(at, facts.now, facts.language);
  const soon = (at: Instant) => formatSoon(at, facts.now, facts.language);

  const planned = standing?.supply.planned;
  if (planned?.underway) return say('say.plannedNow', { since: soon(planned.from), time: by(planned.until) });
  const fault = standing?.fault;
  if (fault) {
    const since = soon(fault.since);
    if (fault.arrivedAt !== null) return say('say.faultArrived', { since, time: soon(fault.arrivedAt) });
    if (fault.dueAt === null) return say('say.fault', { since });
    const key = fault.dueAt < facts.now ? 'say.faultLate' : 'say.faultComing';
    return say(key, { since, time: by(fault.dueAt) });
  }
  const notice = standing?.supply.notice;
  if (notice) {
    const what = ['shortage', 'orderly'].includes(notice.kind) ? 'limited' : 'notice';
    const since = soon(notice.from);
    return notice.until === null
      ? say(`say.${what}`, { since })
      : say(`say.${what}Until`, { since, time: by(notice.until) });
  }
  const open = standing?.open[0];
  if (open) {
    const about = { what: open.title[facts.language], since: soon(open.acceptedAt) };
    if (open.promisedAt === null) return say('say.open', about);
    const key = open.promisedAt < facts.now ? 'say.openLate' : 'say.openDue';
    return say(key, { ...about, time: by(open.promisedAt) });
  }
  if (planned) return say('say.plannedSoon', { since: soon(planned.from), time: by(planned.until) });
  if (household) return say('say.household', { place: household.address.replace(/\*+$/, '') });
  if (call.households.length > 1) return say('say.several', { area: call.area ?? '' });
  return call.area === null ? say('say.unknown') : say('say.area', { area: call.area });
}
