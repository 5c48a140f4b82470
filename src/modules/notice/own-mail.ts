import { type Refusal, refuse } from '#kernel/result.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Listener } from './bell-reads.ts';
import type { OwnMail } from './notice-api.ts';

/** Where mail to me goes, and whether one comes in the morning. */
export async function ownMail(db: Db, who: Listener): Promise<OwnMail> {
  return await db.one<OwnMail>(sql`
    select p.email, p.mail_digest as digest from people p
    where p.company_id = ${who.companyId} and p.id = ${who.personId}`);
}

/** Refusal: `notice.mail-missing`. */
export async function setOwnMail(tx: Tx, who: Listener, wanted: OwnMail): Promise<OwnMail | Refusal> {
  if (wanted.digest && wanted.email === null) return refuse('notice.mail-missing');
  await tx.run(sql`
    update people set email = ${wanted.email}, mail_digest = ${wanted.digest}
    where people.company_id = ${who.companyId} and people.id = ${who.personId}`);
  return wanted;
}
