import { enqueue } from '#modules/notice/index.ts';
import { grantAccess } from '#modules/order/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Managers answer for the whole company; every other post is asked for in one unit. */
const WHOLE_COMPANY = ['general-manager', 'deputy-manager'];
/** Told where nobody else who may know holds the post. */
const ABOVE = 'deputy-manager';

type Told = {
  readonly caseId: string;
  readonly no: string;
  readonly post: string;
  readonly unitId: string;
  readonly template: string;
  readonly key: string;
  readonly data: Readonly<Record<string, string | number | boolean>>;
};

/**
 * Tells the holders of a post about a complaint by the bell, and lets their unit see it; whoever is to keep away from it is
 * never among them.
 */
export async function tellPosts(tx: Tx, companyId: string, told: Told): Promise<void> {
  const found = await listHolders(tx, companyId, told);
  const people = found.length > 0 ? found : await listHolders(tx, companyId, { ...told, post: ABOVE });
  const units = people.map((one) => one.unit_id);
  await grantAccess(tx, companyId, [told.caseId], units);
  await enqueue(
    tx,
    companyId,
    people.map(({ person_id: personId }) => ({
      key: `${told.key}:${personId}`,
      channel: 'desk',
      template: told.template,
      to: { personId },
      data: { ...told.data, caseId: told.caseId, no: told.no },
    })),
  );
}

async function listHolders(tx: Tx, companyId: string, told: Pick<Told, 'caseId' | 'post' | 'unitId'>) {
  return await tx.rows<{ person_id: string; unit_id: string }>(sql`
    select distinct on (a.person_id) a.person_id, a.unit_id
    from assignments a
    join units u on u.company_id = a.company_id and u.id = a.unit_id
    join cases c on c.company_id = a.company_id and c.id = ${told.caseId}
    where a.company_id = ${companyId} and a.until is null and a.post = ${told.post}
      and (a.post = any(${WHOLE_COMPANY}::text[]) or a.unit_id = ${told.unitId})
      and not exists (select 1 from assignments x
        join units y on y.company_id = x.company_id and y.id = x.unit_id
        where x.company_id = a.company_id and x.person_id = a.person_id and x.until is null
          and (y.id = c.accused_unit_id or y.parent_id = c.accused_unit_id
            or exists (select 1 from case_kept_away k where k.company_id = c.company_id and k.case_id = c.id
              and k.who in (x.person_id, y.id, y.parent_id))))
    order by a.person_id, (u.kind = 'company') desc limit 20`);
}

/** Posts that answer for a unit. */
const HEADS = ['department-head', 'station-lead', 'hall-lead'];

/** Tells the heads of a unit something that names no case: they are the party, and see nothing of it. */
export async function tellHeads(
  tx: Tx,
  companyId: string,
  told: { readonly unitId: string; readonly template: string; readonly key: string },
): Promise<void> {
  const heads = await tx.rows<{ person_id: string }>(sql`
    select distinct a.person_id from assignments a
    where a.company_id = ${companyId} and a.unit_id = ${told.unitId} and a.until is null
      and a.post = any(${HEADS}::text[])`);
  await enqueue(
    tx,
    companyId,
    heads.map(({ person_id: personId }) => ({
      key: `${told.key}:${personId}`,
      channel: 'desk',
      template: told.template,
      to: { personId },
    })),
  );
}
