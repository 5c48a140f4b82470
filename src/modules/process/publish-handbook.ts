import { createHash } from 'node:crypto';
import { type Refusal, refuse } from '#kernel/result.ts';
import type { Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { checkHandbook } from './check-handbook.ts';
import { readHandbookFolder } from './handbook-folder.ts';
import type { Handbook } from './handbook-schema.ts';
import { handbookStore } from './handbook-store.ts';

export type Published = {
  readonly versionId: string;
  readonly hash: string;
  /** False when this very text was in force already. */
  readonly changed: boolean;
};

/** Stores a checked handbook as an immutable version and puts it in force for what begins from now on. */
async function publishHandbook(
  tx: Tx,
  request: { readonly companyId: string; readonly handbook: Handbook; readonly publishedBy: string | null },
): Promise<Published> {
  const content = JSON.stringify(request.handbook);
  const hash = createHash('sha256').update(content).digest('hex');
  const store = handbookStore(tx);
  const versionId = await store.insert({
    companyId: request.companyId,
    id: newId(),
    hash,
    content,
    publishedAt: tx.now,
    publishedBy: request.publishedBy,
  });
  return { versionId, hash, changed: await store.activate(request.companyId, versionId) };
}

/**
 * What a demo company does when it starts: the folder is its truth. Anywhere else the truth is the database
 * (design rule 7). Refusals: `handbook.not-demo`, `handbook.no-company`, `handbook.faulty`.
 */
export async function loadDemoHandbook(
  tx: Tx,
  request: { readonly companyId: string; readonly folder: string },
): Promise<Published | Refusal> {
  const company = await handbookStore(tx).findCompany({ companyId: request.companyId });
  if (company === undefined) return refuse('handbook.no-company');
  if (!company.demo) return refuse('handbook.not-demo');
  return publishFolder(tx, { ...request, publishedBy: null });
}

/** Reads, checks and publishes a folder; with any fault nothing is published (`handbook.faulty`). */
export async function publishFolder(
  tx: Tx,
  request: { readonly companyId: string; readonly folder: string; readonly publishedBy: string | null },
): Promise<Published | Refusal> {
  const { handbook, faults } = checkHandbook(await readHandbookFolder(request.folder));
  if (handbook === undefined) return refuse('handbook.faulty', { faults: faults.length });
  return publishHandbook(tx, { ...request, handbook });
}
