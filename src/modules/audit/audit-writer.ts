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
      await this.writeAll([entry]);
    },

    async writeAll(entries: readonly AuditEntry[]): Promise<void> {
      if (entries.length === 0) return;
      const rows = entries.map((entry) => ({ ...entry, id: newId(), detail: entry.detail ?? {} }));
      await tx.run(sql`
        insert into audit_entries (company_id, id, at, actor_id, action, outcome, object_type, object_id, detail)
        select ${companyId}, e.id, ${timestamp(tx.now)}, e."actorId", e.action, e.outcome, e."objectType", e."objectId",
          e.detail
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e (id uuid, "actorId" uuid, action text, outcome text,
          "objectType" text, "objectId" text, detail jsonb)`);
    },
  };
}
