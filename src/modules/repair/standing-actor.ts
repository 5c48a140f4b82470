import type { CaseActor } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Who allowed the program to act in his name, with the posts he holds now; undefined when he has none any more. */
export async function standingActor(
  database: Database,
  companyId: string,
  personId: string,
): Promise<CaseActor | undefined> {
  const rows = await database.rows<{
    unitId: string;
    parentId: string | null;
    post: string;
    main: boolean;
  }>(sql`
    select a.unit_id as "unitId", u.parent_id as "parentId", a.post, a.main from assignments a
    join people p on p.company_id = a.company_id and p.id = a.person_id and p.left_at is null
    join units u on u.company_id = a.company_id and u.id = a.unit_id
    where a.company_id = ${companyId} and a.person_id = ${personId} and a.until is null order by a.main desc`);
  const [main] = rows;
  if (main === undefined) return undefined;
  return {
    companyId,
    personId,
    unitId: main.unitId,
    unitIds: [
      ...new Set(rows.flatMap((row) => [row.unitId, ...(row.parentId === null ? [] : [row.parentId])])),
    ],
    posts: rows.map((row) => row.post),
    mayReassign: rows.some((row) => row.post === 'department-head'),
  };
}
