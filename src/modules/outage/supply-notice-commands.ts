import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { whatGoesDark } from '#modules/network/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { decideNotice, type NoticeKind, type NoticeState, type NoticeStep } from './domain/index.ts';
import type { ReportNotice } from './supply-notice-api.ts';

export type NoticeActor = { readonly companyId: string; readonly personId: string | null };

export type NewNotice = {
  readonly kind: NoticeKind;
  readonly reason: string;
  readonly planId?: string;
  readonly incidentId?: string;
  readonly orderId?: string;
  readonly switchingId?: string;
  readonly dueAt: Instant | null;
  readonly from: Instant;
  readonly until: Instant | null;
  readonly actualFrom: Instant | null;
  readonly households: number;
  readonly places: readonly string[];
};

/** Any constant; numbers of notices are given out one after the other. */
const NUMBER_LOCK = 4_150_187;
const ZONE = 8 * 3_600_000;

/** 报送: supply is, or will be, off. */
export async function insertNotice(tx: Tx, actor: NoticeActor, notice: NewNotice): Promise<string> {
  const { companyId } = actor;
  await tx.run(sql`select pg_advisory_xact_lock(${NUMBER_LOCK}, hashtext(${companyId}))`);
  const day = new Date(tx.now + ZONE).toISOString().slice(0, 10).replaceAll('-', '');
  const id = newId();
  await tx.run(sql`
    insert into supply_notices (company_id, id, no, seq, kind, state, reason, plan_id, incident_id, order_id, switching_id, due_at,
      from_at, until_at, actual_from, households, reported_at, changed_at)
    select ${companyId}, ${id}, ${`XX${day}-`} || lpad((count(*) + 1)::text, 3, '0'), 1, ${notice.kind}, 'reported', ${notice.reason},
      ${notice.planId ?? null}, ${notice.incidentId ?? null}, ${notice.orderId ?? null}, ${notice.switchingId ?? null},
      ${orNull(notice.dueAt)}, ${timestamp(notice.from)}, ${orNull(notice.until)}, ${orNull(notice.actualFrom)},
      ${notice.households}, ${timestamp(tx.now)}, ${timestamp(tx.now)}
    from supply_notices s where s.company_id = ${companyId} and s.no like ${`XX${day}-%`}`);
  await tx.run(sql`
    insert into supply_notice_places (company_id, notice_id, device_id)
    select distinct ${companyId}::uuid, ${id}::uuid, p.id from unnest(${notice.places}::uuid[]) p (id)`);
  const late = notice.dueAt !== null && tx.now > notice.dueAt;
  await insertReport(tx, actor, { id, seq: 1, what: 'report', from: notice.from, until: notice.until, late });
  return id;
}

/** 报送 by hand, of what lies below a device. Refusals: `notice.bad-time`, `planned.bad-device`. */
export async function reportNotice(
  tx: Tx,
  actor: NoticeActor,
  asked: ReportNotice,
): Promise<{ readonly id: string } | Refusal> {
  const { kind, deviceId, from, until } = asked;
  if (until !== null && until <= Math.max(from, tx.now)) return refuse('notice.bad-time');
  const below = await whatGoesDark(tx, actor.companyId, [deviceId]);
  if (below === undefined) return refuse('planned.bad-device');
  const id = await insertNotice(tx, actor, {
    kind,
    reason: kind === 'grid-fault' ? 'fault' : 'shortage',
    dueAt: null,
    from,
    until,
    actualFrom: from <= tx.now ? from : null,
    households: below.households.filter(({ keepsSupply }) => !keepsSupply).length,
    places: below.places.map((place) => place.deviceId),
  });
  return { id };
}

type NoticeRow = {
  readonly id: string;
  readonly seq: number;
  readonly state: NoticeState;
  readonly from: Instant;
  readonly until: Instant | null;
};

/** 变更, 送电 or 完结. Refusals: `http.not-found`, `notice.stale`, and those of `decideNotice`. */
export async function stepNotice(
  tx: Tx,
  actor: NoticeActor,
  asked: { readonly id: string; readonly seq: number | null; readonly cancelled?: boolean },
  step: NoticeStep,
): Promise<{ readonly id: string; readonly seq: number } | Refusal> {
  const row = await tx.maybe<NoticeRow>(sql`
    select s.id, s.seq, s.state, s.from_at as "from", s.until_at as until from supply_notices s
    where s.company_id = ${actor.companyId} and s.id = ${asked.id} for update`);
  if (row === undefined) return refuse('http.not-found');
  if (asked.seq !== null && asked.seq !== row.seq) return refuse('notice.stale', { seq: row.seq });
  const decided = decideNotice(row, step, tx.now);
  if (isRefusal(decided)) return decided;
  const { from, until } = step.do === 'change' ? step : row;
  const seq = row.seq + 1;
  await tx.run(sql`
    update supply_notices set seq = ${seq}, state = ${decided.state}, from_at = ${timestamp(from)}, until_at = ${orNull(until)},
      actual_until = case when ${step.do} = 'restored' then ${step.do === 'restored' ? timestamp(step.at) : null}::timestamptz
        else supply_notices.actual_until end,
      cancelled = ${asked.cancelled ?? false}, changed_at = ${timestamp(tx.now)}
    where supply_notices.company_id = ${actor.companyId} and supply_notices.id = ${row.id}`);
  await insertReport(tx, actor, { id: row.id, seq, what: step.do, from, until, late: decided.late });
  return { id: row.id, seq };
}

/** The notice of a plan, where there is one. */
export async function noticeOfPlan(
  tx: Tx,
  companyId: string,
  planId: string,
): Promise<NoticeRow | undefined> {
  return await tx.maybe<NoticeRow>(sql`
    select s.id, s.seq, s.state, s.from_at as "from", s.until_at as until from supply_notices s
    where s.company_id = ${companyId} and s.plan_id = ${planId}`);
}

async function insertReport(
  tx: Tx,
  actor: NoticeActor,
  report: {
    readonly id: string;
    readonly seq: number;
    readonly what: 'report' | 'change' | 'restored' | 'closed';
    readonly from: Instant;
    readonly until: Instant | null;
    readonly late: boolean;
  },
): Promise<void> {
  await tx.run(sql`
    insert into supply_notice_reports (company_id, notice_id, seq, what, at, by_id, from_at, until_at, late)
    values (${actor.companyId}, ${report.id}, ${report.seq}, ${report.what}, ${timestamp(tx.now)}, ${actor.personId},
      ${timestamp(report.from)}, ${orNull(report.until)}, ${report.late})`);
}

function orNull(at: Instant | null) {
  return at === null ? null : timestamp(at);
}
