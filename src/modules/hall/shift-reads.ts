import { type Instant, MINUTE } from '#kernel/instant.ts';
import { type CaseActor, listOwedCalls, myWork } from '#modules/case/index.ts';
import { deskNow } from '#modules/repair/index.ts';
import type { Db } from '#platform/db/db.ts';
import { countParked } from './draft-store.ts';
import type { HallDeps } from './hall-reads.ts';
import type { ShiftCase, ShiftPlace, ShiftView } from './shift-api.ts';
import { listColleagues, listHandovers, unitOf } from './shift-store.ts';

/** A shift is as long as one may stay signed in (R102-max): what falls due within it is the next one's to keep. */
const SHIFT_LIMIT = 'R102-max';
const HISTORY = 30;
const PLACES: Readonly<Record<string, ShiftPlace>> = {
  'repair-centre': 'dispatch',
  'control-centre': 'control',
};

export type ShiftNow = Pick<ShiftView, 'place' | 'unit' | 'until' | 'content' | 'open' | 'promised' | 'owed'>;

/** What somebody would hand over now: open, promised, hidden in drafts, owed. */
export async function shiftNow(db: Db, deps: HallDeps, actor: CaseActor, now: Instant): Promise<ShiftNow> {
  const unit = await unitOf(db, actor);
  const version = await deps.handbook.active(db, actor.companyId);
  const minutes = version?.handbook.limits.find((limit) => limit.id === SHIFT_LIMIT)?.value ?? 0;
  const until = now + minutes * MINUTE;
  const work = await myWork(db, deps.handbook, actor, now);
  const open = work.map(
    ({ taskId, caseId, caseNo, process, step, mine, startedAt, dueAt }): ShiftCase => ({
      taskId,
      caseId,
      no: caseNo,
      title: process,
      step,
      mine,
      startedAt,
      dueAt,
    }),
  );
  const promised = open.filter((one) => one.dueAt !== null && one.dueAt < until);
  const drafts = await countParked(db, actor);
  const owed = await listOwedCalls(db, deps.handbook.active, actor, now);
  const place = PLACES[unit.code] ?? 'hall';
  const desk =
    place === 'dispatch' && version !== undefined
      ? await deskNow(db, actor, { active: version, version: deps.handbook.version }, now)
      : undefined;
  return {
    place,
    unit: unit.name,
    until,
    content: {
      open: open.map((one) => one.taskId),
      promised: [...new Set(promised.map((one) => one.caseId))],
      drafts: drafts.count,
      draftsSince: drafts.since,
      owed: owed.map((one) => one.id),
      ...(desk === undefined ? {} : { desk }),
    },
    open,
    promised,
    owed,
  };
}

export async function shiftView(db: Db, deps: HallDeps, actor: CaseActor, now: Instant): Promise<ShiftView> {
  const all = await listHandovers(db, actor, HISTORY);
  const offered = all.filter((one) => one.state === 'offered');
  return {
    ...(await shiftNow(db, deps, actor, now)),
    myOffer: offered.find((one) => one.fromPersonId === actor.personId) ?? null,
    offers: offered.filter(
      (one) =>
        one.fromPersonId !== actor.personId && (one.toPersonId === null || one.toPersonId === actor.personId),
    ),
    history: all.filter((one) => one.state !== 'offered'),
    colleagues: await listColleagues(db, actor, actor.personId),
  };
}
