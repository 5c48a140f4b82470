import type { handbookLibrary } from '#modules/process/index.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { processName } from './compose.ts';
import type { CaseMessage, MessageData, QueueState } from './domain/index.ts';
import { listCaseFacts, listNames, namedIn, namesFrom, nextSentence, textOf } from './message-reads.ts';
import { templates } from './templates.ts';

/** What was written to the customer of a case, as it was said; his link is left out, it is his key. */
export async function messagesTo(
  db: Db,
  handbook: ReturnType<typeof handbookLibrary>,
  companyId: string,
  caseId: string,
): Promise<readonly CaseMessage[]> {
  const facts = (await listCaseFacts(db, companyId, [caseId])).get(caseId);
  if (facts === undefined) return [];
  const rows = await db.rows<{
    id: string;
    channel: 'sms' | 'mail';
    template: string;
    data: MessageData;
    state: QueueState;
    at: Instant;
  }>(sql`
    select o.id, o.channel, o.template, o.data, o.state, coalesce(o.sent_at, o.created_at) as at from outbox o
    where o.company_id = ${companyId} and o.case_id = ${caseId} and o.channel <> 'desk'
      and o.fault is distinct from 'no-receiver'
    order by o.created_at desc limit 100`);
  const named = namedIn((await handbook.active(db, companyId))?.handbook);
  const ids = rows.map((row) => row.data);
  const names = namesFrom(named, await listNames(db, companyId, ids));
  const process = await processName(db, { handbook }, companyId, facts);
  const { no, company } = facts;
  const say = (template: string, data: MessageData, language: 'zh' | 'en', channel: 'sms' | 'mail') =>
    textOf(
      template,
      {
        no,
        company,
        process: process[language],
        ...data,
        next: nextSentence(data, names, language),
        link: '…',
      },
      names,
      language,
      channel,
    ) ?? template;
  return rows.map(({ id, channel, template, data, state, at }) => ({
    id,
    at,
    direction: 'out',
    way: channel,
    name: templates[template]?.name ?? null,
    text: { zh: say(template, data, 'zh', channel), en: say(template, data, 'en', channel) },
    state,
  }));
}
