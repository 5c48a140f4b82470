import { createHash } from 'node:crypto';
import { type Sql, sql } from '#platform/db/sql.ts';

/** What an event keeps of a text beside its id; `hashOfRow` says the same in SQL. */
export function hashText(salt: string, body: string): string {
  return createHash('sha256').update(`${salt}:${body}`).digest('hex');
}

/** Of the row `x` of case_texts. */
export const hashOfRow: Sql = sql`encode(sha256(convert_to(x.salt::text || ':' || x.body, 'UTF8')), 'hex')`;

/** The data of an event; where it names texts (`textIds`), with their hashes, in the statement that writes it. */
export function withTextHashes(companyId: string, data: object): Sql {
  const json = JSON.stringify(data);
  const { textIds } = data as { readonly textIds?: readonly string[] };
  if (textIds === undefined || textIds.length === 0) return sql`${json}::jsonb`;
  return sql`${json}::jsonb || jsonb_build_object('textHashes', (
    select coalesce(jsonb_object_agg(x.id, ${hashOfRow}), '{}') from case_texts x
    where x.company_id = ${companyId} and x.id = any(${textIds}::uuid[]) and x.body is not null))`;
}
