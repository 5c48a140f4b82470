import type { handbookLibrary } from '#modules/process/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import type { MessageData } from './domain/index.ts';
import { mintLink } from './link-store.ts';
import {
  findAddress,
  type CaseFacts,
  findCaseFacts,
  listNames,
  namesFrom,
  nextSentence,
  textOf,
} from './message-reads.ts';
import type { Claimed } from './relay-store.ts';
import { templates, type TemplateText } from './templates.ts';

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
};

/**
 * Puts a message together from what is known now: receiver, text, link. Customers are written to in Chinese. Undefined:
 * nobody can be reached this way (no number, blanked, or a customer who wants to stay unknown), or nothing can be said.
 */
export async function compose(tx: Tx, deps: ComposeDeps, row: Claimed): Promise<Composed | undefined> {
  const limits = (await deps.handbook.active(tx, row.companyId))?.handbook.limits ?? [];
  const names = namesFrom(limits, await listNames(tx, row.companyId, [row.data]));
  const subject = templates[row.template]?.name.zh ?? row.template;
  if (row.personId !== null) {
    const address = await findAddress(tx, row.companyId, row.personId);
    const to = row.channel === 'mail' ? address?.email : address?.phone;
    const text = textOf(row.template, row.data, names, 'zh');
    return to && text ? { to, subject, text, said: {} } : undefined;
  }
  const facts = await findCaseFacts(tx, row.companyId, row.caseId ?? '');
  if (facts === undefined || !facts.phone || row.channel === 'mail') return undefined;
  const link = templates[row.template]?.text.zh.includes('{link}')
    ? `${deps.publicUrl}/c/${await mintLink(tx, row.companyId, row.caseId ?? '')}`
    : '';
  const { no, company } = facts;
  const process = (await processName(tx, deps, row.companyId, facts)).zh;
  const said = promiseOf(facts);
  const next = nextSentence(said, names, 'zh');
  const data = { no, company, process, next, ...row.data, link };
  const text = textOf(row.template, data, names, 'zh');
  return text === undefined ? undefined : { to: facts.phone, subject, text, said };
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
