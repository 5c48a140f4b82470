import type { Instant } from '#kernel/instant.ts';
import {
  type ProcessDefinition,
  type ProcessState,
  type ReplyFacts,
  replyFactsOf,
  stepOf,
} from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseDeps } from './case-commands.ts';
import { caseStore } from './case-store.ts';

type Record = {
  readonly state: ProcessState;
  readonly acceptedAt: Instant;
  readonly reachedAt: readonly number[];
  readonly contactDueAt: Instant | null;
  readonly attached: number;
  readonly checked: readonly string[];
};

/** What the record knows when a reply is written for a case of an order: contact, visits, evidence, times (domain-rules §3.6). */
export async function replyRecord(
  db: Db,
  companyId: string,
  of: {
    readonly orderId: string;
    readonly subject: string;
    readonly definition: ProcessDefinition;
    readonly version: HandbookVersion;
    readonly now: Instant;
  },
): Promise<ReplyFacts> {
  const { definition, subject, orderId, now } = of;
  const contacts = definition.clocks.filter((clock) => clock.stop === 'contacted').map((clock) => clock.id);
  const found = await db.one<Record>(sql`
    select o.process_state as state, c.accepted_at as "acceptedAt",
      array(select (extract(epoch from t.at) * 1000)::float8 from call_attempts t
        left join tasks k on k.company_id = t.company_id and k.id = t.task_id
        left join owed_calls w on w.company_id = t.company_id and w.id = t.owed_call_id
        where t.company_id = c.company_id and t.outcome = 'reached'
          and (w.case_id = c.id or (k.order_id = o.id and (k.case_id is null or k.case_id = c.id)))) as "reachedAt",
      (select min(k.due_at) from clocks k where k.company_id = o.company_id and k.order_id = o.id
        and k.clock = any(${contacts}::text[]) and k.state <> 'cancelled'
        and (k.case_id is null or k.case_id = c.id)) as "contactDueAt",
      (select count(*) from case_files f join case_orders l on l.company_id = f.company_id and l.case_id = f.case_id
        and l.unlinked_at is null
        where f.company_id = o.company_id and l.order_id = o.id and f.source = 'staff' and f.hash is not null)
        + (select count(*) from case_texts x join case_orders l on l.company_id = x.company_id and l.case_id = x.case_id
          and l.unlinked_at is null
          where x.company_id = o.company_id and l.order_id = o.id and x.kind = 'value' and x.field = 'position'
            and x.body is not null) as attached,
      array(select distinct x.item from order_events e
        cross join lateral jsonb_array_elements_text(e.data -> 'checked') x (item)
        where e.company_id = o.company_id and e.stream_id = o.id and e.type = 'step.done'
          and jsonb_typeof(e.data -> 'checked') = 'array') as checked
    from orders o join cases c on c.company_id = o.company_id and c.id = ${subject}
    where o.company_id = ${companyId} and o.id = ${orderId}`);
  const { state, ...beside } = found;
  const fieldPosts = of.version.handbook.posts.filter((post) => post.field === true).map((post) => post.id);
  return replyFactsOf(definition, state, subject, { ...beside, now, fieldPosts });
}

/** The same for whoever fills a step in without its page; undefined where the step has no reply. */
export async function recordOfReply(
  db: Tx,
  deps: Pick<CaseDeps, 'version'>,
  companyId: string,
  of: { readonly orderId: string; readonly step: string },
): Promise<ReplyFacts | undefined> {
  const store = caseStore(db, companyId);
  const order = await store.findProcessOf(of.orderId);
  const subject = (await store.listOfOrder(of.orderId))[0]?.id;
  if (order === undefined || subject === undefined) return undefined;
  const version = await deps.version(db, companyId, order.handbookVersionId);
  const definition = version.process(order.process);
  if (definition === undefined || stepOf(definition, of.step)?.replyGate === undefined) return undefined;
  return await replyRecord(db, companyId, { ...of, subject, definition, version, now: db.now });
}
