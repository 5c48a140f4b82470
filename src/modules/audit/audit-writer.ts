import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';

export type AuditEntry = {
  readonly actorId: string | null;
  readonly action: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly objectType: string;
  readonly objectId: string;
  /** Ids, codes and numbers only (design rule 8). */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
};

/** Writes into the caller's transaction: an action whose audit row cannot be written does not happen. */
export function auditWriter(tx: Tx, companyId: string) {
  return {
    async write(entry: AuditEntry): Promise<void> {
      await tx.run(sql`
        insert into audit_entries (company_id, id, at, actor_id, action, outcome, object_type, object_id, detail)
        values (${companyId}, ${newId()}, ${timestamp(tx.now)}, ${entry.actorId}, ${entry.action}, ${entry.outcome},
          ${entry.objectType}, ${entry.objectId}, ${JSON.stringify(entry.detail ?? {})})`);
    },
  };
}
