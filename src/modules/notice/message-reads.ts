import type { Instant } from '#kernel/instant.ts';
import { HELP_REASONS, isHelpReason } from '#modules/process/domain/index.ts';
import type { Handbook, Limit } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { formatEnd, type Language, type MessageData, type Names, render } from './domain/index.ts';
import type { TemplateText } from './template.ts';
import { templates } from './templates.ts';

export type CaseFacts = {
  readonly no: string;
  readonly company: string;
  readonly process: string | null;
  readonly caseType: string;
  readonly versionId: string;
  /** Contact of the case, else the household's, unless the customer wants to stay unknown. */
  readonly phone: string | null;
  readonly email: string | null;
  /** Chosen on the page of the case, else the customer's. */
  readonly language: Language;
  /** The promise that ends next. */
  readonly limitId: string | null;
  readonly dueAt: Instant | null;
};

/** What messages to customers need of their cases, read when they are sent; by the case's id. */
export async function listCaseFacts(
  db: Db,
  companyId: string,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, CaseFacts>> {
  if (caseIds.length === 0) return new Map();
  const rows = await db.rows<CaseFacts & { readonly id: string }>(sql`
    select c.id, c.no, y.short_name as company,
      c.process, c.case_type as "caseType", c.handbook_version_id as "versionId",
      case when unknown.so then null else coalesce(t.body, m.phone) end as phone,
      case when unknown.so then null else m.email end as email,
      coalesce(c.language, m.language, 'zh') as language,
      k.limit_id as "limitId", k.due_at as "dueAt"
    from cases c
    join companies y on y.company_id = c.company_id
    left join lateral (select x.body from case_texts x
      where x.company_id = c.company_id and x.case_id = c.id and x.kind = 'contact-phone' and x.blanked_at is null
      order by x.at desc limit 1) t on true
    left join households h on h.company_id = c.company_id and h.id = c.household_id
    left join customers m on m.company_id = h.company_id and m.id = h.customer_id
    left join lateral (select r.id, r.process_state from case_orders l
      join orders r on r.company_id = l.company_id and r.id = l.order_id
      where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null
      order by l.linked_at desc limit 1) o on true
    cross join lateral (select coalesce(
      o.process_state #>> array['caseFacts', c.id::text, 'anonymous'] = 'true', false) or c.drill_id is not null as so) unknown
    left join lateral (select q.limit_id, q.due_at from clocks q
      where q.company_id = c.company_id and q.order_id = o.id and q.state = 'running' and q.role in ('promise', 'law')
        and (q.case_id is null or q.case_id = c.id)
      order by q.due_at limit 1) k on true
    where c.company_id = ${companyId} and c.id = any(${caseIds}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

export type HouseholdFacts = {
  readonly company: string;
  /** The end of the account number: enough for the customer to know which of his it is. */
  readonly tail: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: Language;
};

/** What messages to households without a case need of them, read when they are sent; by the message's id. */
export async function listHouseholdFacts(
  db: Db,
  companyId: string,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, HouseholdFacts>> {
  if (messageIds.length === 0) return new Map();
  const rows = await db.rows<HouseholdFacts & { readonly id: string }>(sql`
    select o.id, y.short_name as company, right(h.account_no, 4) as tail, c.phone, c.email, c.language
    from outbox o
    join households h on h.company_id = o.company_id and h.id = o.household_id
    join companies y on y.company_id = h.company_id
    join customers c on c.company_id = h.company_id and c.id = h.customer_id
    where o.company_id = ${companyId} and o.id = any(${messageIds}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

type SenderFacts = { readonly company: string; readonly phone: string | null; readonly language: Language };

/** What answers to senders of an SMS need of them; by the message's id. */
export async function listSenderFacts(
  db: Db,
  companyId: string,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, SenderFacts>> {
  if (messageIds.length === 0) return new Map();
  const rows = await db.rows<SenderFacts & { readonly id: string }>(sql`
    select o.id, y.short_name as company, s.phone, s.language from outbox o
    join sms_senders s on s.company_id = o.company_id and s.id = o.sender_id
    join companies y on y.company_id = o.company_id
    where o.company_id = ${companyId} and o.id = any(${messageIds}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

type Address = {
  readonly email: string | null;
  readonly phone: string | null;
  readonly login: string | null;
  readonly company: string;
};

/** By the person's id; nobody who has left. */
export async function listAddresses(
  db: Db,
  companyId: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Address>> {
  if (personIds.length === 0) return new Map();
  const rows = await db.rows<Address & { readonly id: string }>(sql`
    select p.id, p.email, p.phone, a.login, c.short_name as company from people p
    join companies c on c.company_id = p.company_id
    left join accounts a on a.company_id = p.company_id and a.person_id = p.id
    where p.company_id = ${companyId} and p.id = any(${personIds}::uuid[]) and p.left_at is null`);
  return new Map(rows.map((row) => [row.id, row]));
}

const CHANNELS: Readonly<Record<string, TemplateText>> = {
  sms: { zh: '短信', en: 'SMS' },
  mail: { zh: '邮件', en: 'mail' },
};

/** What of a handbook a message can call by its name; without one, nothing. */
export function namedIn(
  handbook: Pick<Handbook, 'limits' | 'fiveOnes'> | undefined,
): readonly Pick<Limit, 'id' | 'name'>[] {
  return handbook === undefined ? [] : [...handbook.limits, ...handbook.fiveOnes.reasons];
}

/** Names of limits and of reasons of the five ones (from the handbook), of rows of the company (by id) and of channels, for placeholders. */
export function namesFrom(
  limits: readonly Pick<Limit, 'id' | 'name'>[],
  rows: ReadonlyMap<string, TemplateText>,
): Names {
  return (kind, id, language) => {
    if (kind === 'limit' || kind === 'reason') return limits.find((limit) => limit.id === id)?.name[language];
    if (kind === 'channel') return CHANNELS[id]?.[language];
    if (kind === 'help') return isHelpReason(id) ? HELP_REASONS[id][language] : undefined;
    return rows.get(id)?.[language];
  };
}

/** The names of the units, people, grid points and households (an organisation's; of a person's only the account), and the numbers of the cases and orders, that messages mention. */
export async function listNames(
  db: Db,
  companyId: string,
  data: readonly MessageData[],
): Promise<ReadonlyMap<string, TemplateText>> {
  const ids = [...new Set(data.flatMap((one) => Object.values(one).filter(isUuid)))];
  if (ids.length === 0) return new Map();
  const rows = await db.rows<{ id: string; zh: string; en: string }>(sql`
    select u.id, u.name as zh, u.name_en as en from units u
    where u.company_id = ${companyId} and u.id = any(${ids}::uuid[])
    union all
    select p.id, p.name, p.name from people p where p.company_id = ${companyId} and p.id = any(${ids}::uuid[])
    union all
    select g.id, g.name, g.name from grid_points g where g.company_id = ${companyId} and g.id = any(${ids}::uuid[])
    union all
    select c.id, c.no, c.no from cases c where c.company_id = ${companyId} and c.id = any(${ids}::uuid[])
    union all
    select l.order_id, min(c.no), min(c.no) from case_orders l
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    where l.company_id = ${companyId} and l.order_id = any(${ids}::uuid[]) and l.unlinked_at is null
    group by l.order_id
    union all
    select h.id, coalesce(u.name, '') || '（尾号 ' || right(h.account_no, 4) || '）',
      coalesce(u.name, '') || ' (account ending in ' || right(h.account_no, 4) || ')'
    from households h
    left join customers u on u.company_id = h.company_id and u.id = h.customer_id and u.kind = 'organisation'
    where h.company_id = ${companyId} and h.id = any(${ids}::uuid[])
    union all
    select q.id, q.no, q.no from planned_outages q where q.company_id = ${companyId} and q.id = any(${ids}::uuid[])
    union all
    select v.id, v.name, v.name from network_devices v where v.company_id = ${companyId} and v.id = any(${ids}::uuid[])`);
  return new Map(rows.map(({ id, zh, en }) => [id, { zh, en }]));
}

/** The text of a message in one language; undefined: this program does not know the template (a newer one wrote it). */
export function textOf(
  template: string,
  data: MessageData,
  names: Names,
  language: Language,
  channel: 'sms' | 'mail' | 'desk' = 'sms',
): string | undefined {
  const found = templates[template];
  if (found === undefined) return undefined;
  const text = (channel === 'mail' ? found.mail : undefined) ?? found.text;
  return render(text[language], data, names, language);
}

/** `受理后联系最迟 11月24日 周二 16:40。`: what happens next and by when, from the promise as it was when it was said. */
export function nextSentence(data: MessageData, names: Names, language: Language): string {
  const { promiseLimit, promiseDue } = data;
  if (typeof promiseLimit !== 'string' || typeof promiseDue !== 'number') return '';
  const what = names('limit', promiseLimit, language) ?? '';
  const when = formatEnd(promiseDue, language);
  return language === 'zh' ? `${what}最迟 ${when}。` : `${what}: by ${when}. `;
}

function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}
