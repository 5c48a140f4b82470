import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type AddedFile, keepFile } from '#modules/attachment/index.ts';
import { lockCase, recordOnCase } from '#modules/case/index.ts';
import { enqueue, type OpenLink } from '#modules/notice/index.ts';
import type { Tx } from '#platform/db/db.ts';
import type { Received } from '#platform/http/file-door.ts';
import { linkStore } from './link-store.ts';

/** A customer who has more to say should be rung. */
const MOST_WORDS = 20;

/** The customer adds words from his phone; he was checked. Refusals: `link.unknown`, `link.closed`, `link.too-many`. */
export async function addWords(
  tx: Tx,
  link: OpenLink,
  way: 'page' | 'sms',
  words: string,
): Promise<{ readonly added: true } | Refusal> {
  const found = await lockOpen(tx, link);
  if (isRefusal(found)) return found;
  const store = linkStore(tx, link.companyId);
  if ((await store.countWords(found.id)) >= MOST_WORDS) return refuse('link.too-many', { limit: MOST_WORDS });
  const textId = await store.insertWords(found.id, way, words);
  await added(tx, link, { way, textIds: [textId] }, `words:${textId}`);
  return { added: true };
}

/** The customer adds a photo. Refusals: `link.unknown`, `link.closed` and those of `keepFile`. */
export async function addPhoto(tx: Tx, link: OpenLink, file: Received): Promise<AddedFile | Refusal> {
  const found = await lockOpen(tx, link);
  if (isRefusal(found)) return found;
  const kept = await keepFile(tx, { companyId: link.companyId, personId: null }, found.id, file);
  if (isRefusal(kept) || kept.already) return kept;
  await tellHolders(tx, link, `file:${kept.id}`);
  return kept;
}

/** From here on messages about this case are in the language that its customer reads on its page. */
export async function chooseLanguage(
  tx: Tx,
  link: OpenLink,
  language: 'zh' | 'en',
): Promise<{ readonly language: 'zh' | 'en' } | Refusal> {
  const found = await lockCase(tx, link.companyId, link.caseId);
  if (found === undefined) return refuse('link.unknown');
  await linkStore(tx, link.companyId).setLanguage(found.id, language);
  return { language };
}

async function lockOpen(tx: Tx, link: OpenLink) {
  const found = await lockCase(tx, link.companyId, link.caseId);
  if (found === undefined) return refuse('link.unknown');
  return found.state === 'open' ? found : refuse('link.closed');
}

async function added(tx: Tx, link: OpenLink, data: object, key: string): Promise<void> {
  const customer = { companyId: link.companyId, personId: null };
  await recordOnCase(tx, customer, link.caseId, { type: 'customer.added', data });
  await tellHolders(tx, link, key);
}

/** Whoever works on it now, and who was asked first. */
async function tellHolders(tx: Tx, link: OpenLink, key: string): Promise<void> {
  const people = await linkStore(tx, link.companyId).listHolders(link.caseId);
  await enqueue(
    tx,
    link.companyId,
    people.map((personId) => ({
      key: `customer-added:${key}:${personId}`,
      channel: 'desk',
      template: 'customer-added',
      to: { personId },
      data: { caseId: link.caseId },
    })),
  );
}
