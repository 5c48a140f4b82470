import type { Database } from '#platform/db/db.ts';
import type { Loop } from '#platform/loop.ts';
import { sql } from '#platform/db/sql.ts';
import { oldestOpen, sealAudit } from './audit-chain.ts';
import { exportHead } from './audit-heads.ts';

/** Seals every second; the first seal of a business day exports the head. */
export function auditLoops(deps: {
  readonly database: Database;
  readonly auditFolder?: string;
}): readonly Loop[] {
  const { database, auditFolder } = deps;
  // Everything that was never sealed: what was under way when the last program ended.
  let openBefore = 0;
  return [
    {
      name: 'audit-seal',
      everyMs: 1000,
      async turn() {
        const open = await oldestOpen(database);
        const companies = await database.rows<{ id: string; code: string }>(
          sql`select c.company_id as id, c.code from companies c`,
        );
        for (const company of companies)
          await database.transaction(async (tx) => {
            await sealAudit(tx, company.id, openBefore);
            if (auditFolder !== undefined) await exportHead(tx, company, auditFolder);
          });
        openBefore = open;
      },
    },
  ];
}
