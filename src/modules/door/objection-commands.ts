import { type Refusal, refuse } from '#kernel/result.ts';
import { type Reader, recordOnCase, visibleCase } from '#modules/case/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { ObjectionAnswer, ObjectionBody } from './door-api.ts';
import { outsideStore } from './outside-store.ts';

type Who = { readonly companyId: string; readonly personId: string };

/** 申诉: one open objection an order; the work goes on meanwhile. Refusals: `http.not-found`, `door.objection-open`. */
export async function raiseObjection(
  tx: Tx,
  who: Who,
  request: ObjectionBody & { readonly id: string },
): Promise<{ readonly id: string } | Refusal> {
  const row = await outsideStore(tx, who.companyId).lock(request.id);
  if (row === undefined) return refuse('http.not-found');
  const id = newId();
  const inserted = await tx.run(sql`
    insert into outside_objections (company_id, id, outside_order_id, reason, words, evidence, raised_by, raised_at, state)
    values (${who.companyId}, ${id}, ${row.id}, ${request.reason}, ${request.words}, ${request.evidence},
      ${who.personId}, ${timestamp(tx.now)}, 'raised')
    on conflict (company_id, outside_order_id) where state = 'raised' do nothing`);
  if (inserted === 0) return refuse('door.objection-open');
  await record(tx, who, row.caseId, 'outside.objected', { reason: request.reason });
  return { id };
}

/** What they said to it. Refusals: `http.not-found`, `door.stale`. */
export async function answerObjection(
  tx: Tx,
  who: Reader,
  request: ObjectionAnswer & { readonly id: string },
): Promise<{ readonly answered: true } | Refusal> {
  const found = await tx.maybe<{ state: string; caseId: string | null }>(sql`
    select j.state, o.case_id as "caseId" from outside_objections j
    join outside_orders o on o.company_id = j.company_id and o.id = j.outside_order_id
    left join cases c on c.company_id = o.company_id and c.id = o.case_id
    where j.company_id = ${who.companyId} and j.id = ${request.id}
      and (o.case_id is null or ${visibleCase(who, tx.now)}) for update of j`);
  if (found === undefined) return refuse('http.not-found');
  if (found.state !== 'raised') return refuse('door.stale');
  await tx.run(sql`
    update outside_objections set state = ${request.outcome}, answer = ${request.answer},
      answered_by = ${who.personId}, answered_at = ${timestamp(tx.now)}
    where outside_objections.company_id = ${who.companyId} and outside_objections.id = ${request.id}`);
  await record(tx, who, found.caseId, 'outside.objection-answered', { outcome: request.outcome });
  return { answered: true };
}

async function record(tx: Tx, who: Who, caseId: string | null, type: string, data: object): Promise<void> {
  if (caseId !== null) await recordOnCase(tx, who, caseId, { type, data });
}
