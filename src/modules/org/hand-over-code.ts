import { enqueue } from '#modules/notice/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { Vault } from '#platform/vault.ts';
import type { HandedCode } from './admin-api.ts';
import { issueCode } from './one-time-codes.ts';
import type { Who } from './second-factor.ts';

/** How long a code may wait in a telephone or lie on a desk. */
const CODE_HOURS = 24;
/** Of the mainland; to a desk telephone no message goes. */
const MOBILE = /^(?:\+?86)?(1\d{10})$/;

export type CodeWay = {
  readonly vault: Vault;
  /** A gateway for SMS is set up. */
  readonly bySms: boolean;
};

/**
 * A code for its person alone: by SMS where he has a mobile phone and there is a gateway; else the caller gets it, to be
 * handed over. In the outbox it lies sealed.
 */
export async function handOver(tx: Tx, { vault, bySms }: CodeWay, who: Who): Promise<HandedCode> {
  const { code, until } = await issueCode(tx, { ...who, purpose: 'password-reset', hours: CODE_HOURS });
  const mobile = bySms ? await mobileOf(tx, who) : undefined;
  if (mobile === undefined) return { code, until, sentTo: null };
  await enqueue(tx, who.companyId, [
    {
      key: `account-code:${newId()}`,
      channel: 'sms',
      template: 'account-code',
      to: { personId: who.personId },
      data: { until, sealed: vault.seal(code, `account-code ${who.personId}`) },
    },
  ]);
  return { code: null, until, sentTo: `${mobile.slice(0, 3)}****${mobile.slice(-4)}` };
}

async function mobileOf(tx: Tx, { companyId, personId }: Who): Promise<string | undefined> {
  const row = await tx.maybe<{ phone: string | null }>(sql`
    select p.phone from people p where p.company_id = ${companyId} and p.id = ${personId} and p.left_at is null`);
  return MOBILE.exec((row?.phone ?? '').replaceAll(/[ -]/g, ''))?.[1];
}
