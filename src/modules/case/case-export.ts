import { HOUR, type Instant } from '#kernel/instant.ts';
import { auditWriter } from '#modules/audit/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import type { CaseFilter, FilterMoments } from './case-filter.ts';
import { caseList } from './case-lists.ts';
import type { CaseActor } from './case-commands.ts';

type Library = ReturnType<typeof handbookLibrary>;
export type ExportLanguage = 'zh' | 'en';

const HEADS = {
  zh: ['编号', '业务', '地点', '受理单位', '受理时间', '状态', '到期时间'],
  en: ['No.', 'Business', 'Place', 'Taken in by', 'Accepted', 'State', 'Due'],
} as const;
const STATES = {
  zh: { open: '办理中', closed: '已办结', paused: '暂停' },
  en: { open: 'open', closed: 'closed', paused: 'paused' },
} as const;

/** Who took which cases out, by which filter. In the transaction before the first line goes out. */
export async function auditCaseExport(tx: Tx, actor: CaseActor, filter: CaseFilter): Promise<void> {
  const chosen = Object.entries(filter).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, String(value)]],
  );
  await auditWriter(tx, actor.companyId).write({
    actorId: actor.personId,
    action: 'case.export',
    outcome: 'done',
    objectType: 'company',
    objectId: actor.companyId,
    detail: Object.fromEntries(chosen),
  });
}

/**
 * Exactly what the list shows, line by line and page by page: the same filter, the same visibility, no more of the customer
 * than a list tells. Nothing of it is held in memory beyond a page.
 */
export async function* caseExport(
  database: Database,
  library: Library,
  reader: CaseActor,
  of: { readonly filter: CaseFilter; readonly moments: FilterMoments; readonly language: ExportLanguage },
): AsyncGenerator<readonly string[]> {
  const { filter, moments, language } = of;
  yield HEADS[language];
  for (let before: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof caseList>> = await caseList(
      database,
      library,
      reader,
      { filter, before },
      moments,
      noCount,
    );
    for (const row of page.items)
      yield [
        row.no,
        row.title[language],
        row.place ?? '',
        row.unit,
        timeOf(row.acceptedAt),
        STATES[language][row.state === 'open' && row.paused ? 'paused' : row.state],
        row.state === 'closed' || row.dueAt === null ? '' : timeOf(row.dueAt),
      ];
    if (page.next === null) return;
    before = page.next;
  }
}

/** As spreadsheets sort it, in the business zone. */
function timeOf(at: Instant): string {
  return new Date(at + 8 * HOUR).toISOString().slice(0, 16).replace('T', ' ');
}

/** A file has no "of how many". */
async function noCount(): Promise<number> {
  return 0;
}
