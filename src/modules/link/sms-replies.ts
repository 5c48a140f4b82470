import { DAY } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import type { CaseDeps } from '#modules/case/index.ts';
import { stopOutageNews } from '#modules/customer/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { hearReply, sayStillDark } from '#modules/outage/index.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { evaluate } from './evaluate.ts';
import type { ReplyBody } from './link-api.ts';
import { addWords } from './link-commands.ts';
import { digitsOf } from './unasked-sms.ts';

/** A reply belongs to what we last wrote to that number, as long as the customer can remember it. */
const REMEMBERED = 14 * DAY;

type AboutCase = {
  readonly about: 'case';
  readonly companyId: string;
  readonly id: string;
  readonly template: string;
  readonly round: number;
};
type AboutHousehold = {
  readonly about: 'household';
  readonly companyId: string;
  readonly id: string;
  readonly template: string;
};
export type Asked = AboutCase | AboutHousehold;

/** Customers are asked by these for a figure; outage news to neighbours (`neighbour-…`) too. */
const ASK = ['case-answered', 'supply-back'];
/** So many of the last messages are looked at: whoever gets more than these has forgotten the question. */
const LOOKED_AT = 50;

/**
 * What a reply from this number is about: a figure, or TD, is for what last asked for one; words are for the case about which we last
 * wrote. Found from the number: in a storm the messages that went out are a hundred thousand.
 */
export async function findAsked(
  db: Db,
  { from, text }: Pick<ReplyBody, 'from' | 'text'>,
  now: number,
): Promise<Asked | undefined> {
  const phone = digitsOf(from);
  const sent = sql`o.channel = 'sms' and o.state = 'sent' and o.sent_at > ${timestamp(now - REMEMBERED)}`;
  const told = await db.rows<Asked>(sql`
    with his as materialized (
      select h.company_id, h.id from companies y
      join customers m on m.company_id = y.company_id and m.phone = ${phone}
      join households h on h.company_id = m.company_id and h.customer_id = m.id
    ), cases_of as materialized (
      select x.company_id, x.case_id as id from companies y
      join case_texts x on x.company_id = y.company_id and x.kind = 'contact-phone' and x.body = ${phone} and x.blanked_at is null
      where not exists (select 1 from case_texts n where n.company_id = x.company_id and n.case_id = x.case_id
        and n.kind = 'contact-phone' and n.blanked_at is null and n.at > x.at)
      union
      select c.company_id, c.id from his join cases c on c.company_id = his.company_id and c.household_id = his.id
      where not exists (select 1 from case_texts n where n.company_id = c.company_id and n.case_id = c.id
        and n.kind = 'contact-phone' and n.blanked_at is null)
    )
    select * from (
      select 'case' as about, o.company_id as "companyId", c.id, o.template, c.reopened as round, o.sent_at
      from cases_of k join cases c on c.company_id = k.company_id and c.id = k.id
      join outbox o on o.company_id = c.company_id and o.case_id = c.id and ${sent}
      union all
      select 'household', o.company_id, h.id, o.template, 0, o.sent_at from his h
      join outbox o on o.company_id = h.company_id and o.household_id = h.id and starts_with(o.template, 'neighbour-') and ${sent}
    ) t order by t.sent_at desc limit ${LOOKED_AT}`);
  const asking = told.find((one) => one.about === 'household' || ASK.includes(one.template));
  const ofCase = told.find((one) => one.about === 'case');
  if (isStop(text)) return told.find((one) => one.about === 'household');
  return digitIn(text) === undefined ? ofCase : (asking ?? ofCase);
}

/**
 * A customer's SMS. To "solved?": 1 solved and satisfied, 2 not solved, 3 solved but dissatisfied. To news of an outage: 1 he has supply,
 * 2 he has none, TD no more of them. Anything else is words for his case. One who had answered already is told so, once.
 */
export async function takeReply(
  tx: Tx,
  deps: CaseDeps,
  asked: Asked,
  reply: ReplyBody,
): Promise<{ readonly what: string } | Refusal> {
  if (asked.about === 'household') return await takeSupplyWord(tx, asked, reply.text);
  const { companyId, id: caseId } = asked;
  const digit = digitIn(reply.text);
  if (digit === undefined || (asked.template === 'supply-back' && digit === '3')) {
    const added = await addWords(tx, { companyId, caseId }, 'sms', reply.text.slice(0, 1000));
    return isRefusal(added) ? { what: added.refused } : { what: 'words' };
  }
  if (asked.template === 'supply-back') return await takeRestored(tx, deps, asked, digit);
  const answer = { solved: digit !== '2', satisfied: digit === '1' };
  const result = await evaluate(tx, deps, companyId, { caseId, source: 'sms', words: null, ...answer });
  if (!isRefusal(result)) return result;
  if (result.refused === 'evaluation.already')
    await enqueue(tx, companyId, [
      {
        key: `evaluation-kept:${caseId}:${asked.round}`,
        channel: 'sms',
        template: 'evaluation-kept',
        to: { caseId },
      },
    ]);
  // The gateway needs no refusal: it would only send the same reply again.
  return { what: result.refused };
}

/** His word is evidence: that the device below which he lives is not the one, or that he is dark still. */
async function takeSupplyWord(
  tx: Tx,
  { companyId, id: householdId }: AboutHousehold,
  text: string,
): Promise<{ readonly what: string }> {
  if (isStop(text)) {
    await stopOutageNews(tx, companyId, householdId);
    return { what: 'no-more-news' };
  }
  const says = digitIn(text) === '1' ? 'on' : 'off';
  await hearReply(tx, companyId, { householdId, says });
  return { what: says === 'on' ? 'has-supply' : 'still-dark' };
}

/** Whoever reported was asked whether his supply is back. */
async function takeRestored(
  tx: Tx,
  deps: CaseDeps,
  { companyId, id: caseId }: AboutCase,
  digit: string,
): Promise<{ readonly what: string }> {
  if (digit === '2') {
    const said = await sayStillDark(tx, deps, companyId, { caseId, source: 'sms' });
    return { what: isRefusal(said) ? said.refused : 'still-dark' };
  }
  const found = await tx.maybe<{ householdId: string }>(sql`
    select c.household_id as "householdId" from cases c
    where c.company_id = ${companyId} and c.id = ${caseId} and c.household_id is not null`);
  if (found !== undefined) await hearReply(tx, companyId, { ...found, says: 'on' });
  return { what: 'has-supply' };
}

/** 退订, as customers are used to answer. */
function isStop(text: string): boolean {
  return /^\s*(TD|退订)\s*[.。!！]?\s*$/i.test(text);
}

function digitIn(text: string): string | undefined {
  const [, digit] = /^\s*([123１２３])\s*[.。!！]?\s*$/.exec(text) ?? [];
  if (digit === undefined) return undefined;
  return '１２３'.includes(digit) ? String('１２３'.indexOf(digit) + 1) : digit;
}
