import type { handbookLibrary } from '#modules/process/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import type { Vault } from '#platform/vault.ts';
import type { Language, MessageData, Names } from './domain/index.ts';
import { mintLinks } from './link-store.ts';
import {
  type CaseFacts,
  listAddresses,
  listCaseFacts,
  listHouseholdFacts,
  listNames,
  listSenderFacts,
  namedIn,
  namesFrom,
  nextSentence,
  textOf,
} from './message-reads.ts';
import { listOrdersSaid } from './order-said.ts';
import type { Claimed } from './relay-store.ts';
import type { TemplateText } from './template.ts';
import { templates } from './templates.ts';

export type Composed = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** What was said beside the row's own data, as ids and numbers: the case page tells it again as it was said. */
  readonly said: MessageData;
};

export type ComposeDeps = {
  readonly handbook: ReturnType<typeof handbookLibrary>;
  readonly publicUrl: string;
  readonly vault: Vault;
};

/**
 * Puts messages of one company together from what is known now: receiver, text, link. A customer is written to in his
 * language, the staff in Chinese.
 * One that is missing in the answer: nobody can be reached this way (no number, blanked, or a customer who wants to stay
 * unknown), or nothing can be said.
 */
export async function compose(
  tx: Tx,
  deps: ComposeDeps,
  rows: readonly Claimed[],
): Promise<ReadonlyMap<string, Composed>> {
  const companyId = rows[0]?.companyId ?? '';
  const named = namedIn((await deps.handbook.active(tx, companyId))?.handbook);
  const data = rows.map((row) => row.data);
  const names = namesFrom(named, await listNames(tx, companyId, data));
  const toStaff = await composeToStaff(tx, deps.vault, companyId, names, rows);
  const toCustomers = await composeToCustomers(tx, { ...deps, names }, companyId, rows);
  const toHouseholds = await composeToHouseholds(tx, companyId, names, rows);
  const toSenders = await composeToSenders(tx, companyId, names, rows);
  return new Map([...toStaff, ...toCustomers, ...toHouseholds, ...toSenders]);
}

async function composeToStaff(
  tx: Tx,
  vault: Vault,
  companyId: string,
  names: Names,
  rows: readonly Claimed[],
): Promise<readonly (readonly [string, Composed])[]> {
  const addresses = await listAddresses(
    tx,
    companyId,
    rows.flatMap((row) => row.personId ?? []),
  );
  const orders = await listOrdersSaid(tx, companyId, rows);
  return rows.flatMap((row) => {
    const address = addresses.get(row.personId ?? '');
    const to = row.channel === 'mail' ? address?.email : address?.phone;
    const secret = openSealed(vault, row);
    if (!to || secret === undefined) return [];
    const data = {
      company: address?.company ?? '',
      login: address?.login ?? '',
      ...row.data,
      ...secret,
      ...orders.get(row.id),
    };
    const text = textOf(row.template, data, names, 'zh', row.channel);
    return text ? [[row.id, { to, subject: subjectOf(row, 'zh'), text, said: {} }] as const] : [];
  });
}

/** What lies sealed in a row, as `{code}`; undefined: it was sealed with another key, and nobody can say it. */
function openSealed(vault: Vault, { template, personId, data }: Claimed): MessageData | undefined {
  const { sealed } = data;
  if (typeof sealed !== 'string') return {};
  return vault.isOurs(sealed) ? { code: vault.open(sealed, `${template} ${personId}`) } : undefined;
}

async function composeToHouseholds(
  tx: Tx,
  companyId: string,
  names: Names,
  rows: readonly Claimed[],
): Promise<readonly (readonly [string, Composed])[]> {
  const without = rows.filter((row) => row.caseId === null && row.personId === null);
  const facts = await listHouseholdFacts(
    tx,
    companyId,
    without.map((row) => row.id),
  );
  return without.flatMap((row) => {
    const one = facts.get(row.id);
    const to = row.channel === 'mail' ? one?.email : one?.phone;
    if (one === undefined || !to) return [];
    const { company, tail, language } = one;
    const text = textOf(row.template, { company, tail, ...row.data }, names, language, row.channel);
    if (text === undefined) return [];
    return [[row.id, { to, subject: subjectOf(row, language), text, said: { language } }] as const];
  });
}

async function composeToSenders(
  tx: Tx,
  companyId: string,
  names: Names,
  rows: readonly Claimed[],
): Promise<readonly (readonly [string, Composed])[]> {
  const without = rows.filter((row) => row.channel === 'sms' && row.caseId === null && row.personId === null);
  const facts = await listSenderFacts(
    tx,
    companyId,
    without.map((row) => row.id),
  );
  return without.flatMap((row) => {
    const { company = '', phone = null, language = 'zh' } = facts.get(row.id) ?? {};
    const text = textOf(row.template, { company, ...row.data }, names, language);
    if (phone === null || text === undefined) return [];
    return [[row.id, { to: phone, subject: '', text, said: { language } }] as const];
  });
}

async function composeToCustomers(
  tx: Tx,
  deps: ComposeDeps & { readonly names: Names },
  companyId: string,
  rows: readonly Claimed[],
): Promise<readonly (readonly [string, Composed])[]> {
  const facts = await listCaseFacts(
    tx,
    companyId,
    rows.flatMap((row) => row.caseId ?? []),
  );
  const going = rows.flatMap((row) => {
    const one = facts.get(row.caseId ?? '');
    const to = row.channel === 'mail' ? one?.email : numberOf(one?.phone);
    return one !== undefined && to ? [{ row, facts: one, to }] : [];
  });
  const linked = going.filter(({ row }) => templates[row.template]?.text.zh.includes('{link}'));
  const tokens = await mintLinks(
    tx,
    companyId,
    linked.map(({ row }) => row.caseId ?? ''),
  );
  const links = new Map(linked.map(({ row }, i) => [row.id, `${deps.publicUrl}/c/${tokens[i]}`]));
  const composed: (readonly [string, Composed])[] = [];
  for (const { row, facts: one, to } of going) {
    const { no, company, language } = one;
    const process = (await processName(tx, deps, companyId, one))[language];
    const said = promiseOf(one);
    const next = nextSentence(said, deps.names, language);
    const data = { no, company, process, next, ...row.data, link: links.get(row.id) ?? '' };
    const text = textOf(row.template, data, deps.names, language, row.channel);
    const subject = `${subjectOf(row, language)} ${no}`;
    if (text !== undefined) composed.push([row.id, { to, subject, text, said: { ...said, language } }]);
  }
  return composed;
}

/** 110, 119, 95598 and their like rang for somebody else: no message reaches a person there. */
const SHORTEST_NUMBER = 7;

function numberOf(phone: string | null | undefined): string | undefined {
  return phone && phone.length >= SHORTEST_NUMBER ? phone : undefined;
}

function subjectOf({ template }: Claimed, language: Language): string {
  return templates[template]?.name[language] ?? template;
}

function promiseOf({ limitId, dueAt }: CaseFacts): MessageData {
  return limitId === null || dueAt === null ? {} : { promiseLimit: limitId, promiseDue: dueAt };
}

/** What the demand is called in the handbook that it began with. */
export async function processName(
  db: Db,
  { handbook }: Pick<ComposeDeps, 'handbook'>,
  companyId: string,
  facts: CaseFacts,
): Promise<TemplateText> {
  const version = await handbook.version(db, companyId, facts.versionId);
  const named =
    version.process(facts.process ?? '') ??
    version.handbook.caseTypes.find((one) => one.id === facts.caseType);
  return named?.name ?? { zh: facts.caseType, en: facts.caseType };
}
