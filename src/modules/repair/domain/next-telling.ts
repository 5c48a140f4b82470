import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { isDark, type Stage } from './order-stage.ts';

/** Whom a telling is for: who reported, everybody else who is dark, important users, 12345 and the emergency office. */
export const AUDIENCES = ['reporters', 'households', 'important', 'authorities'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What is said. `estimate` names a time, `moved` another one than was said before, `late` that the one that was said cannot be kept; `back` is the last word. */
export const NEWS = [
  'sought',
  'crew-sent',
  'crew-there',
  'awaiting-permission',
  'repairing',
  'estimate',
  'moved',
  'late',
  'partly-back',
  'back',
] as const;
export type News = (typeof NEWS)[number];

/** Minutes of the handbook's limits (R013 and its like), and the hours of the night for those who did not ask. */
export type TellingPolicy = {
  readonly first: number;
  readonly firstImportant: number;
  /** Without a time that one may wait for. */
  readonly next: number;
  /** The same for those who did not ask. */
  readonly nextHouseholds: number;
  /** A time that was said is moved or confirmed so long before it passes. */
  readonly beforeEstimate: number;
  /** Supply back, or a time moved: told within. */
  readonly restored: number;
  /** So long after the report nobody names a time but the crew. */
  readonly silence: number;
  readonly night: { readonly from: number; readonly to: number };
};

export type ToldSoFar = {
  readonly audience: Audience;
  /** From when the group waits for news. */
  readonly since: Instant;
  readonly lastToldAt: Instant | null;
  readonly lastNews: News | null;
  /** The time that the group was told its supply would be back. */
  readonly toldEstimate: Instant | null;
  /** The time that holds now, and since when. */
  readonly estimate: { readonly at: Instant; readonly setAt: Instant } | null;
  readonly restoredAt: Instant | null;
};

/** Why a group is told next, so that the page can say it. */
export type NextTelling = {
  readonly dueAt: Instant;
  readonly why: Why;
};

const WHYS = ['first', 'regular', 'before-estimate', 'estimate-moved', 'grown', 'restored'] as const;
export type Why = (typeof WHYS)[number];

/**
 * When a group of customers must hear something next. A group that was told that its supply is back waits for nothing. Whoever did
 * not report is left to sleep.
 */
export function nextTelling(so: ToldSoFar, policy: TellingPolicy): NextTelling | null {
  const next = soonest(so, policy);
  if (next === null || so.audience !== 'households') return next;
  return { ...next, dueAt: endOfNight(next.dueAt, policy.night) ?? next.dueAt };
}

function soonest(so: ToldSoFar, policy: TellingPolicy): NextTelling | null {
  const { lastToldAt, lastNews, toldEstimate, estimate } = so;
  if (lastNews === 'back') return null;
  if (so.restoredAt !== null) return after(so.restoredAt, policy.restored, 'restored');
  if (lastToldAt === null)
    return after(so.since, so.audience === 'important' ? policy.firstImportant : policy.first, 'first');
  if (toldEstimate === null)
    return after(lastToldAt, so.audience === 'households' ? policy.nextHouseholds : policy.next, 'regular');
  const before = beforeIt(lastToldAt, toldEstimate, policy);
  if (estimate === null || estimate.at === toldEstimate) return before;
  const moved = after(estimate.setAt, policy.restored, 'estimate-moved');
  return moved.dueAt < before.dueAt ? moved : before;
}

/** Before the time that was said passes; whoever was told shortly before it hears again when it is there. */
function beforeIt(lastToldAt: Instant, said: Instant, { beforeEstimate }: TellingPolicy): NextTelling {
  const warned = said - beforeEstimate * MINUTE;
  return { dueAt: warned > lastToldAt ? warned : Math.max(said, lastToldAt), why: 'before-estimate' };
}

function after(from: Instant, minutes: number, why: NextTelling['why']): NextTelling {
  return { dueAt: from + minutes * MINUTE, why };
}

export type NewsFacts = {
  readonly stage: Stage;
  readonly estimate: Instant | null;
  readonly toldEstimate: Instant | null;
  readonly partlyBack: boolean;
  readonly now: Instant;
  /** Minutes before a time passes in which one may say that it cannot be kept. */
  readonly beforeEstimate: number;
};

/** What may truthfully be said now; the first is what one would say. */
export function truthfulNews(facts: NewsFacts): readonly News[] {
  const { stage, estimate, toldEstimate, partlyBack, now } = facts;
  if (!isDark(stage)) return ['back'];
  const timed: News[] =
    estimate === null || estimate <= now
      ? []
      : [toldEstimate === null || toldEstimate === estimate ? 'estimate' : 'moved'];
  const late: News[] =
    toldEstimate !== null && toldEstimate <= now + facts.beforeEstimate * MINUTE && !timed.includes('moved')
      ? ['late']
      : [];
  return [...timed, ...late, ...(partlyBack ? (['partly-back'] as const) : []), BY_STAGE[stage] ?? 'sought'];
}

/** So long after a restoration or a moved time the program says it by itself: a slip of the hand can be put right first. */
const SETTLES = 2 * MINUTE;

/**
 * When the program tells a group by itself: a little before it is due; what is news at once. A time that is about to pass is the
 * dispatcher's to move; once it has passed the program says that it was not kept. In a storm (`digest` minutes) whoever did not report
 * hears at the beginning of the quarter of an hour, all of them together.
 */
export function tellsItself(
  group: {
    readonly audience: Audience;
    readonly dueAt: Instant;
    readonly why: Why;
    readonly toldEstimate: Instant | null;
  },
  policy: TellingPolicy & { readonly lead: number },
  digest: number | null,
): Instant {
  const { audience, dueAt, why, toldEstimate } = group;
  const at =
    why === 'restored' || why === 'estimate-moved'
      ? dueAt - policy.restored * MINUTE + SETTLES
      : why === 'before-estimate'
        ? Math.max(dueAt, toldEstimate ?? dueAt)
        : dueAt - policy.lead * MINUTE;
  if (digest === null || digest <= 0 || audience !== 'households' || why === 'before-estimate') return at;
  return Math.floor(at / (digest * MINUTE)) * digest * MINUTE;
}

const BY_STAGE: Readonly<Partial<Record<Stage, News>>> = {
  dispatched: 'crew-sent',
  accepted: 'crew-sent',
  arrived: 'crew-there',
  surveying: 'crew-there',
  'awaiting-permission': 'awaiting-permission',
  working: 'repairing',
};

/** Business zone: Asia/Shanghai, UTC+8. */
const ZONE = 8 * HOUR;

/** In the night of that hour zone; 22 and 7.5 mean 22:00 to 07:30. */
export function isNight(at: Instant, night: { readonly from: number; readonly to: number }): boolean {
  const hour = ((at + ZONE) % DAY) / HOUR;
  return night.from <= night.to
    ? hour >= night.from && hour < night.to
    : hour >= night.from || hour < night.to;
}

/** When the night that holds now is over; null: it is day. */
export function endOfNight(
  at: Instant,
  night: { readonly from: number; readonly to: number },
): Instant | null {
  if (!isNight(at, night)) return null;
  const midnight = Math.floor((at + ZONE) / DAY) * DAY - ZONE;
  const end = midnight + night.to * HOUR;
  return end > at ? end : end + DAY;
}

/** When the next night begins, by day or by night; null: this company has none. */
export function nextNight(
  at: Instant,
  night: { readonly from: number; readonly to: number },
): Instant | null {
  if (night.from === night.to) return null;
  const midnight = Math.floor((at + ZONE) / DAY) * DAY - ZONE;
  const dusk = midnight + night.from * HOUR;
  return dusk > at ? dusk : dusk + DAY;
}
