import type { CaseActor } from '#modules/case/index.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { countSpread, spreadAgain } from '#modules/notice/index.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/db/sql.ts';
import type { TellingDigest } from './command-api.ts';
import { LATELY, planSending } from './domain/index.ts';
import type { PaceBody, TellingSettings, TellingSettingsBody } from './telling-api.ts';
import type { TellingRules } from './telling-policy.ts';

/** Until somebody who may tell says otherwise, the program tells nobody by itself; nor in the name of one who has left his post. */
export async function tellingSettings(db: Db, companyId: string): Promise<TellingSettings> {
  const row = await db.maybe<{ automatic: boolean; at: number; by: string; byId: string }>(sql`
    select s.automatic and p.left_at is null and exists (select 1 from assignments a where a.company_id = s.company_id
      and a.person_id = s.by_id and a.until is null) as automatic, s.at, p.name as by, p.id as "byId" from telling_settings s
    join people p on p.company_id = s.company_id and p.id = s.by_id
    where s.company_id = ${companyId} order by s.at desc, s.id desc limit 1`);
  if (row === undefined) return { automatic: false, said: null };
  const { automatic, ...said } = row;
  return { automatic, said };
}

/** Messages a minute to those who did not report: the handbook's, until somebody says another number; and how many wait for their turn. */
export async function tellingPace(
  db: Db,
  companyId: string,
  rules: Pick<TellingRules, 'pace'>,
  now: Instant,
): Promise<Pace> {
  const { pace, ...row } = await db.one<Omit<Pace, 'pace'> & { readonly pace: number | null }>(sql`
    select s.pace, s.by, ${countSpread(companyId, now)} as queued from (select 1) one
    left join lateral (select t.pace, p.name as by from telling_paces t
      join people p on p.company_id = t.company_id and p.id = t.by_id
      where t.company_id = ${companyId} order by t.at desc, t.id desc limit 1) s on true`);
  return { ...row, pace: pace ?? rules.pace };
}

type Pace = { readonly pace: number; readonly by: string | null; readonly queued: number };

/** Another pace, also for what waits for its turn. Refusal: `telling.pace-range`. */
export async function setPace(
  tx: Tx,
  { companyId, personId }: CaseActor,
  rules: Pick<TellingRules, 'paceMost'>,
  { pace }: PaceBody,
): Promise<{ readonly queued: number } | Refusal> {
  if (pace > rules.paceMost) return refuse('telling.pace-range', { most: rules.paceMost });
  const id = newId();
  await tx.run(sql`
    insert into telling_paces (company_id, id, at, by_id, pace)
    values (${companyId}, ${id}, ${timestamp(tx.now)}, ${personId}, ${pace})`);
  await auditWriter(tx, companyId).write({
    actorId: personId,
    action: 'telling.pace-set',
    outcome: 'done',
    objectType: 'telling',
    objectId: id,
    detail: { pace: String(pace) },
  });
  return { queued: await spreadAgain(tx, companyId, pace) };
}

/** Who tells, and what the last hour said. A message that failed is counted where its telling is. */
export async function tellingDigest(
  db: Db,
  companyId: string,
  rules: TellingRules,
  now: Instant,
): Promise<TellingDigest> {
  const settings = await tellingSettings(db, companyId);
  const { pace, by, queued } = await tellingPace(db, companyId, rules, now);
  const { lastAt } = planSending({ messages: 0, queued, nextAt: null, now }, { ...rules, pace });
  const said = await db.one<{ orders: number; messages: number; failed: number }>(sql`
    select count(distinct t.order_id) as orders, coalesce(sum(t.messages), 0) as messages, coalesce(sum(f.failed), 0) as failed
    from outage_tellings t
    cross join lateral (select count(*) as failed from outbox o where o.company_id = t.company_id
      and o.key > 'outage-told:' || t.id || ':' and o.key < 'outage-told:' || t.id || ';' and o.state = 'failed') f
    where t.company_id = ${companyId} and t.told_at > ${timestamp(now - LATELY)}`);
  return {
    ...settings,
    ...said,
    pace: { pace, by, usual: rules.pace, most: rules.paceMost, queued, lastAt: queued === 0 ? null : lastAt },
  };
}

/** Says whether the program tells by itself; what it tells, it tells in the name of who said so. */
export async function setTelling(
  tx: Tx,
  actor: CaseActor,
  { automatic }: TellingSettingsBody,
): Promise<{ readonly id: string }> {
  const { companyId, personId } = actor;
  const id = newId();
  await tx.run(sql`
    insert into telling_settings (company_id, id, at, by_id, automatic)
    values (${companyId}, ${id}, ${timestamp(tx.now)}, ${personId}, ${automatic})`);
  await auditWriter(tx, companyId).write({
    actorId: personId,
    action: 'telling.set',
    outcome: 'done',
    objectType: 'telling',
    objectId: id,
    detail: { automatic: String(automatic) },
  });
  return { id };
}
