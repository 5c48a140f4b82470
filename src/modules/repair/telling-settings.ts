import type { CaseActor } from '#modules/case/index.ts';
import type { Instant } from '#kernel/instant.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/db/sql.ts';
import type { TellingDigest } from './command-api.ts';
import { LATELY } from './domain/index.ts';
import type { TellingSettings, TellingSettingsBody } from './telling-api.ts';

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

/** Who tells, and what the last hour said. A message that failed is counted where its telling is. */
export async function tellingDigest(db: Db, companyId: string, now: Instant): Promise<TellingDigest> {
  const settings = await tellingSettings(db, companyId);
  const said = await db.one<{ orders: number; messages: number; failed: number }>(sql`
    select count(distinct t.order_id) as orders, coalesce(sum(t.messages), 0) as messages, coalesce(sum(f.failed), 0) as failed
    from outage_tellings t
    cross join lateral (select count(*) as failed from outbox o where o.company_id = t.company_id
      and o.key > 'outage-told:' || t.id || ':' and o.key < 'outage-told:' || t.id || ';' and o.state = 'failed') f
    where t.company_id = ${companyId} and t.told_at > ${timestamp(now - LATELY)}`);
  return { ...settings, ...said };
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
