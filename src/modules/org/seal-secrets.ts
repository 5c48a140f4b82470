import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Vault } from '#platform/vault.ts';
import { placeOf } from './second-factor.ts';

/** Seals the second factors that lie plain, from before there was a key. Answers how many another key has sealed. */
export async function sealSecrets(tx: Tx, vault: Vault): Promise<number> {
  const rows = await tx.rows<{ companyId: string; personId: string; secret: string }>(sql`
    select f.company_id as "companyId", f.person_id as "personId", f.secret from second_factors f for update`);
  for (const { secret, ...who } of rows) {
    if (vault.isOurs(secret) !== undefined) continue;
    await tx.run(sql`update second_factors set secret = ${vault.seal(secret, placeOf(who))}
      where second_factors.company_id = ${who.companyId} and second_factors.person_id = ${who.personId}`);
  }
  return rows.filter((row) => vault.isOurs(row.secret) === false).length;
}
