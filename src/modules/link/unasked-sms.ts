import { HOUR } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import { acceptCase, type CaseActor, type CaseDeps } from '#modules/case/index.ts';
import { emptyIntake } from '#modules/case/domain/index.ts';
import { findCaller, householdBriefs } from '#modules/customer/index.ts';
import { countOfPhone, doorActor, findPlace } from '#modules/door/index.ts';
import { enqueue, tellSender } from '#modules/notice/index.ts';
import {
  beforeOrder,
  findRestored,
  hearWithoutCase,
  reportHazard,
  sayStillDark,
} from '#modules/outage/index.ts';
import type { SmsWords } from '#modules/process/domain/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { readSms, type SmsRead } from './domain/index.ts';
import type { ReplyBody } from './link-api.ts';
import { addWords } from './link-commands.ts';
import { findHazardOf, findOpenRepair, ownHousehold } from './unasked-reads.ts';

/** A report that nobody asked for: from whom, what it says, and how this company reads it. */
export type Unasked = {
  readonly companyId: string;
  /** Digits as an exchange delivers them. */
  readonly phone: string;
  readonly householdIds: readonly string[];
  readonly words: SmsWords;
  readonly read: SmsRead;
  readonly text: string;
  /** The case about which we last wrote to that number: his words may be for it as well. */
  readonly lastCaseId?: string;
};

type Heard = { readonly what: string };
type Sender = Unasked & { readonly actor: CaseActor };

/** Whoever writes again before there is news is not answered the same before so long. */
const SAME_ANSWER = HOUR / 2;

/**
 * Reads an SMS as a report, by the words of the company whose customer has that number; from a number that nobody has, where the database
 * holds one company only. Undefined: it reports nothing.
 */
export async function readUnasked(
  db: Db,
  deps: Pick<CaseDeps, 'activeHandbook'>,
  { from, text }: Pick<ReplyBody, 'from' | 'text'>,
): Promise<Unasked | undefined> {
  const phone = digitsOf(from);
  const companies = await db.rows<{ id: string }>(sql`
    select c.company_id as id from companies c order by c.company_id`);
  for (const { id: companyId } of companies) {
    const words = (await deps.activeHandbook(db, companyId))?.handbook.doors.sms;
    const read = words === undefined ? undefined : readSms(text, words);
    if (words === undefined || read === undefined) continue;
    const { householdIds } = await findCaller(db, companyId, phone);
    if (householdIds.length > 0 || companies.length === 1)
      return { companyId, phone, householdIds, words, read, text: text.trim().slice(0, 1000) };
  }
  return undefined;
}

/** Without the country. */
export function digitsOf(from: string): string {
  return from.replaceAll(/\D/g, '').replace(/^86(?=1\d{10}$)/, '');
}

/**
 * Makes a report of it. A danger goes before everything, from whomever. Missing supply is first looked for among what is known, as on the
 * page: an outage or planned work above the house is the answer, and his word one more piece of evidence; else it becomes a case. A
 * household is taken once for each outage; whoever cannot be placed is told how to say where he is. Refusals: those of `acceptCase`.
 */
export async function takeUnasked(tx: Tx, deps: CaseDeps, unasked: Unasked): Promise<Heard | Refusal> {
  const { companyId, phone, words, read } = unasked;
  const actor = await doorActor(tx, companyId, { id: 'sms', name: words.name.zh });
  // Also keeps two messages of one phone apart that come in one moment: the second waits here for the first.
  const times = await countOfPhone(tx, companyId, phone);
  const sender = { ...unasked, actor };
  if (read.kind === 'hazard') return await takeHazard(tx, deps, sender, read);
  const limits = (await deps.activeHandbook(tx, companyId))?.handbook.limits ?? [];
  const most = limits.find(({ id }) => id === 'R116-phone')?.value ?? 0;
  const heard = times > most ? { what: 'too-many' } : await takeDark(tx, deps, sender, read);
  // What sounds like a report may belong to what we are talking about with him: it stands there too. A closed case takes no words.
  if (!isRefusal(heard) && heard.what !== 'added' && unasked.lastCaseId !== undefined)
    await addWords(tx, { companyId, caseId: unasked.lastCaseId }, 'sms', unasked.text);
  return heard;
}

/** Somebody goes at once. More of the same number within the hour is more of the same danger. */
async function takeHazard(
  tx: Tx,
  deps: CaseDeps,
  sender: Sender,
  { hazard, rest, digits }: SmsRead & { readonly kind: 'hazard' },
): Promise<Heard | Refusal> {
  const { companyId, phone, text, actor } = sender;
  const same = await findHazardOf(tx, companyId, phone);
  if (same !== undefined) return await addToCase(tx, deps, sender, same);
  const own = await ownHousehold(tx, sender, digits);
  const place = own.id === null ? await findPlace(tx, companyId, { place: rest }) : null;
  const householdId = own.id ?? place?.householdId ?? null;
  const briefs = await householdBriefs(tx, companyId, householdId === null ? [] : [householdId]);
  // Where nobody knows where it is, the shortest of the promised ways holds.
  const area = briefs.get(householdId ?? '')?.areaClass ?? place?.area ?? 'city';
  const contact = { contactName: null, contactPhone: phone, place: text.slice(0, 200), words: text };
  const taken = await reportHazard(
    tx,
    deps,
    actor,
    { hazard, householdId, area, deviceCode: null, source: 'sms', ...contact },
    `sms ${newId()}`,
  );
  if (isRefusal(taken)) return taken;
  await tellOfCase(tx, companyId, taken.caseId, { key: 'taken', template: 'sms-hazard' });
  return { what: 'hazard' };
}

async function takeDark(
  tx: Tx,
  deps: CaseDeps,
  sender: Sender,
  { insist, rest, digits }: SmsRead & { readonly kind: 'dark' },
): Promise<Heard | Refusal> {
  const { companyId, phone } = sender;
  const own = await ownHousehold(tx, sender, digits);
  const open = await findOpenRepair(tx, companyId, { phone, householdId: own.id });
  if (open !== undefined) return await addToCase(tx, deps, sender, open);
  if (own.id === null && own.among > 0) return await answer(tx, sender, 'sms-which', { count: own.among });
  if (own.id !== null) return await takeHousehold(tx, deps, sender, own.id, insist);
  const place = await findPlace(tx, companyId, {
    place: rest,
    ...(digits === null ? {} : { accountNo: digits }),
  });
  if (place.householdId !== null) return await takeHousehold(tx, deps, sender, place.householdId, insist);
  if (place.area === null) return await answer(tx, sender, 'sms-how', {});
  const { area, stationId } = place;
  return await makeCase(tx, deps, sender, { area, stationId, place: rest.slice(0, 200) });
}

async function takeHousehold(
  tx: Tx,
  deps: CaseDeps,
  sender: Sender,
  householdId: string,
  insist: boolean,
): Promise<Heard | Refusal> {
  const { companyId } = sender;
  const known = await beforeOrder(tx, deps, companyId, householdId, tx.now);
  const announced = known.planned?.underway === true ? known.planned : known.notice;
  if (!insist && announced !== null && announced.until !== null) {
    const data = { householdId, since: announced.from, expectedAt: announced.until };
    return await answer(tx, sender, 'sms-announced', data);
  }
  // Without a time of the next news there is nothing to answer with: he gets a case, which has its promise.
  if (!insist && known.outage !== null && known.outage.nextNewsAt !== null) {
    const { incidentId, since, nextNewsAt: nextAt, expectedAt, arrivedAt } = known.outage;
    await hearWithoutCase(tx, companyId, { source: 'sms', householdId, incidentId });
    const data = { householdId, since, nextAt };
    if (expectedAt !== null) return await answer(tx, sender, 'sms-known-estimate', { ...data, expectedAt });
    if (arrivedAt !== null) return await answer(tx, sender, 'sms-known-there', { ...data, arrivedAt });
    return await answer(tx, sender, 'sms-known', data);
  }
  return await makeCase(tx, deps, sender, { householdId }, known.inside?.at);
}

async function makeCase(
  tx: Tx,
  deps: CaseDeps,
  { companyId, actor, phone, text, words }: Sender,
  where: {
    readonly householdId?: string;
    readonly area?: 'city' | 'rural' | 'remote';
    readonly stationId?: string | null;
    readonly place?: string;
  },
  litAt?: number,
): Promise<Heard | Refusal> {
  const { process, caseType } = words;
  const accepted = await acceptCase(tx, deps, actor, {
    ...emptyIntake(),
    ...where,
    channel: 'sms',
    process,
    caseType,
    words: text,
    contactPhone: phone,
  });
  if (isRefusal(accepted)) return accepted;
  const { caseId } = accepted;
  // The case stands all the same: his meter may be wrong, and one lonely call is never dropped.
  if (litAt !== undefined)
    await tellOfCase(tx, companyId, caseId, { key: 'inside', template: 'sms-inside', data: { litAt } });
  return { what: 'reported' };
}

/** He has a demand open already: his words go there, and "still dark" where its supply was said to be back. */
async function addToCase(
  tx: Tx,
  deps: CaseDeps,
  { companyId, text }: Sender,
  caseId: string,
): Promise<Heard | Refusal> {
  const added = await addWords(tx, { companyId, caseId }, 'sms', text);
  if (isRefusal(added)) return { what: added.refused };
  if ((await findRestored(tx, companyId, caseId)) !== undefined) {
    const said = await sayStillDark(tx, deps, companyId, { caseId, source: 'sms' });
    if (isRefusal(said)) return said;
  }
  const key = `again:${Math.floor(tx.now / SAME_ANSWER)}`;
  await tellOfCase(tx, companyId, caseId, { key, template: 'sms-again' });
  return { what: 'added' };
}

async function tellOfCase(
  tx: Tx,
  companyId: string,
  caseId: string,
  {
    key,
    ...message
  }: { readonly key: string; readonly template: string; readonly data?: { readonly litAt: number } },
): Promise<void> {
  await enqueue(tx, companyId, [{ ...message, key: `sms-${key}:${caseId}`, channel: 'sms', to: { caseId } }]);
}

/** An answer that makes no case. Not the same again at once: two programs that answer each other must come to an end. */
async function answer(
  tx: Tx,
  { companyId, phone, text }: Sender,
  template: string,
  data: Readonly<Record<string, string | number>>,
): Promise<Heard> {
  const language = /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
  await tellSender(tx, companyId, { template, phone, language, data, notWithin: SAME_ANSWER });
  return { what: template };
}
