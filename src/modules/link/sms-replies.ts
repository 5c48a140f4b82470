import { DAY } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import type { CaseDeps } from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { evaluate } from './evaluate.ts';
import type { ReplyBody } from './link-api.ts';
import { addWords } from './link-commands.ts';

/** A reply belongs to what we last wrote to that number, as long as the customer can remember it. */
const REMEMBERED = 14 * DAY;

export type Asked = {
  readonly companyId: string;
  readonly caseId: string;
  readonly round: number;
};

/** The case about which we last wrote to this number. */
export async function findAsked(db: Db, from: string, now: number): Promise<Asked | undefined> {
  const phone = from.replaceAll(/\D/g, '').replace(/^86(?=1\d{10}$)/, '');
  return await db.maybe<Asked>(sql`
    select o.company_id as "companyId", o.case_id as "caseId", c.reopened as round
    from outbox o
    join cases c on c.company_id = o.company_id and c.id = o.case_id
    left join households h on h.company_id = c.company_id and h.id = c.household_id
    left join customers m on m.company_id = h.company_id and m.id = h.customer_id
    where o.channel = 'sms' and o.state = 'sent' and o.sent_at > ${timestamp(now - REMEMBERED)}
      and coalesce((select x.body from case_texts x where x.company_id = c.company_id and x.case_id = c.id
        and x.kind = 'contact-phone' and x.blanked_at is null order by x.at desc limit 1), m.phone) = ${phone}
    order by o.template = 'case-answered' desc, o.sent_at desc limit 1`);
}

/**
 * A customer's SMS: 1 solved and satisfied, 2 not solved, 3 solved but dissatisfied; anything else is words for his case.
 * One who had answered already is told so, once.
 */
export async function takeReply(
  tx: Tx,
  deps: CaseDeps,
  asked: Asked,
  reply: ReplyBody,
): Promise<{ readonly what: string } | Refusal> {
  const { companyId, caseId } = asked;
  const answer = answerIn(reply.text);
  if (answer === undefined) {
    const added = await addWords(tx, { companyId, caseId }, 'sms', reply.text.slice(0, 1000));
    return isRefusal(added) ? { what: added.refused } : { what: 'words' };
  }
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

function answerIn(text: string): { solved: boolean; satisfied: boolean } | undefined {
  const [, digit] = /^\s*([123１２３])\s*[.。!！]?\s*$/.exec(text) ?? [];
  if (digit === undefined) return undefined;
  const answer = '１２３'.includes(digit) ? String('１２３'.indexOf(digit) + 1) : digit;
  return { solved: answer !== '2', satisfied: answer === '1' };
}
