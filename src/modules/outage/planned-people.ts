import { maskName, maskNumber } from '#modules/customer/domain/index.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { ConsultationView, TellingByHand, TellingSummary } from './planned-api.ts';
import { FAILED, type PlanReader, type PlanRow } from './planned-store.ts';

/** As many as one reads; what is open comes first. */
const BY_HAND_SHOWN = 300;

type Named = { readonly name: string; readonly kind: 'person' | 'organisation'; readonly account_no: string };

/** What everybody who was asked said. `contacts`: after so many in vain somebody counts as informed. */
export async function listConsultations(
  db: Db,
  reader: PlanReader,
  plan: PlanRow,
  contacts: number,
): Promise<readonly ConsultationView[]> {
  const rows = await db.rows<
    Omit<ConsultationView, 'name' | 'accountNo' | 'state' | 'mine'> &
      Named & {
        readonly manager_id: string | null;
        readonly answer: 'agrees' | 'adjust' | 'disagrees' | null;
      }
  >(sql`
    select c.household_id as "householdId", u.name, u.kind, h.account_no, c.important, a.kinds, c.manager_id, m.name as manager,
      c.asked_at as "askedAt", c.due_at as "dueAt", c.contacts, c.contacted_at as "contactedAt", c.answer, c.reason,
      c.window_from as "windowFrom", c.window_to as "windowTo", c.answered_at as "answeredAt"
    from planned_consultations c
    join households h on h.company_id = c.company_id and h.id = c.household_id
    join customers u on u.company_id = h.company_id and u.id = h.customer_id
    left join planned_households a on a.company_id = c.company_id and a.plan_id = c.plan_id and a.household_id = c.household_id
    left join people m on m.company_id = c.company_id and m.id = c.manager_id
    where c.company_id = ${reader.companyId} and c.plan_id = ${plan.id}
    order by c.important desc, c.answer is not null, h.account_no`);
  return rows.map(({ name, kind, account_no, manager_id, answer, ...row }) => ({
    ...row,
    kinds: row.kinds ?? [],
    name: maskName(name, kind),
    accountNo: maskNumber(account_no),
    mine: manager_id === reader.personId,
    state: answer ?? (row.contacts >= contacts ? 'informed' : 'waiting'),
  }));
}

/** The tellings of a plan, counted by cause and target; and those of the last round that are somebody's to do. */
export async function listTellings(
  db: Db,
  companyId: string,
  plan: PlanRow,
  now: Instant,
): Promise<{ readonly tellings: readonly TellingSummary[]; readonly byHand: readonly TellingByHand[] }> {
  const tellings = await db.rows<TellingSummary>(sql`
    select t.cause, t.target, t.way, t.round, count(*) as count, count(t.told_at) as told,
      count(*) filter (where coalesce(t.told_at, ${timestamp(now)}) > t.due_at) as late,
      count(*) filter (where o.state = 'sent') as sent, count(*) filter (where ${FAILED}) as failed,
      count(t.receipt_at) as receipts, min(t.due_at) as "dueAt"
    from planned_tellings t
    left join outbox o on o.company_id = t.company_id and o.key = 'planned:' || t.id
    where t.company_id = ${companyId} and t.plan_id = ${plan.id}
    group by t.cause, t.target, t.way, t.round order by t.round, min(t.id::text), t.target`);
  const rows = await db.rows<
    Omit<TellingByHand, 'name' | 'accountNo'> & Partial<Named> & { village: string | null }
  >(sql`
    select t.id, t.cause, t.target, t.way, u.name, u.kind, h.account_no, s.town_name || s.name as village, t.due_at as "dueAt",
      t.told_at as "toldAt", t.receipt_at as "receiptAt",
      case when o.state in ('waiting', 'sending') then 'waiting' when o.state = 'sent' then 'sent'
        when o.state is not null then 'failed' end as message,
      t.decision is null and (${FAILED} or (t.target = 'household' and t.told_at > t.due_at)) as open,
      t.decision, d.name as "decidedBy", t.decided_at as "decidedAt", t.decision_reason as "decisionReason"
    from planned_tellings t
    left join people d on d.company_id = t.company_id and d.id = t.decided_by
    left join outbox o on o.company_id = t.company_id and o.key = 'planned:' || t.id
    left join households h on h.company_id = t.company_id and h.id = t.household_id
    left join customers u on u.company_id = h.company_id and u.id = h.customer_id
    left join service_areas s on s.company_id = t.company_id and s.division_code = t.division_code
    where t.company_id = ${companyId} and t.plan_id = ${plan.id} and t.round = ${plan.round}
      and (t.target in ('village', 'important', 'traffic') or (t.target = 'household' and t.due_at is not null))
      and (t.cause = 'cancelled') = ${plan.stage === 'cancelled'} and t.cause <> 'reminder'
    order by open desc, t.told_at is not null, t.target, t.id limit ${BY_HAND_SHOWN}`);
  return {
    tellings,
    byHand: rows.map(({ name, kind, account_no, village, ...row }) => ({
      ...row,
      name: village ?? maskName(name ?? '', kind ?? 'person'),
      accountNo: account_no === undefined || account_no === null ? null : maskNumber(account_no),
    })),
  };
}
