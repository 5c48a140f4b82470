import { parseArgs } from 'node:util';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { Database, Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import type { DraftFault, NetworkDraft } from './domain/index.ts';
import { companyFeedTree } from './feed-tree-read.ts';
import { type Imported, importNetwork } from './import-network.ts';
import { importStore } from './import-store.ts';
import { type Language, networkMessage } from './network-messages.ts';
import { type NetworkSource, readNetworkFiles } from './network-files.ts';

export type CliResult = { readonly exitCode: number; readonly out: string; readonly err: string };

const USAGE = `用法 / usage:
  dafuwu network check --devices devices.csv --meters meters.csv [--lang zh|en]
  dafuwu network check --dss master.dss [--lang zh|en]
  dafuwu network check --cim model.xml [--lang zh|en]
  dafuwu network import <公司代码 company> [--dry-run] --devices … --meters … | --dss … | --cim …
  dafuwu network tree <公司代码 company>
  读电网文件，逐行写出错误 {"file", "line", "item", "error"}，最后写一行小结。
  Reads the files of a network; writes a line {"file", "line", "item", "error"} a fault and a summary at the end.
  tree: 公司现在的电网，dafuwu infer --network 读得懂 / the grid of a company as it is switched now, for dafuwu infer --network
  import: 有错时什么也不写；--dry-run 只检查并计数 / writes nothing when there is a fault; --dry-run counts only
`;

/** `dafuwu network`. Exit codes: 0 nothing wrong, 1 faults, 2 not read. */
export async function runNetworkCli(
  args: readonly string[],
  open: () => Promise<Database>,
): Promise<CliResult> {
  const [verb, code, ...others] = args;
  if (verb === 'tree' && code !== undefined && !code.startsWith('-') && others.length === 0)
    return await printTree(code, open);
  const options = readOptions(args);
  if (options === undefined) return { exitCode: 2, out: '', err: USAGE };
  if (options === 'help') return { exitCode: 0, out: USAGE, err: '' };
  const { language } = options;
  const result =
    options.company === null
      ? await orSay(() => readNetworkFiles(options.source))
      : await orSay(() => importInto(open, options.company ?? '', options));
  if (typeof result === 'string') return { exitCode: 2, out: '', err: result };
  if (isRefusal(result))
    return {
      exitCode: 2,
      out: '',
      err: `${networkMessage(result.refused, result.detail ?? {}, language)}\n`,
    };
  const summary = 'devices' in result ? summaryOf(result) : { ...result.count, faults: result.faults.length };
  return {
    exitCode: result.faults.length === 0 ? 0 : 1,
    out: report(result.faults, summary, language),
    err: '',
  };
}

async function printTree(code: string, open: () => Promise<Database>): Promise<CliResult> {
  const database = await open();
  try {
    const companyId = await companyOf(database, code);
    if (companyId === undefined)
      return { exitCode: 2, out: '', err: `${networkMessage('network.unknown-company', { code }, 'zh')}\n` };
    return { exitCode: 0, out: `${JSON.stringify(await companyFeedTree(database, companyId))}\n`, err: '' };
  } finally {
    await database.close();
  }
}

async function companyOf(db: Db, code: string): Promise<string | undefined> {
  const company = await db.maybe<{ id: string }>(
    sql`select c.company_id as id from companies c where c.code = ${code}`,
  );
  return company?.id;
}

async function importInto(
  open: () => Promise<Database>,
  code: string,
  { source, isDry }: Options,
): Promise<Imported | Refusal> {
  const database = await open();
  try {
    return await transact(database, async (tx) => {
      const companyId = await companyOf(tx, code);
      if (companyId === undefined) return refuse('network.unknown-company', { code });
      const known = new Map((await importStore(tx, companyId).devices()).map((one) => [one.code, one]));
      const draft = await readNetworkFiles(source, known);
      if (isRefusal(draft)) return draft;
      return await importNetwork(tx, companyId, draft, { format: source.format, isDry });
    });
  } finally {
    await database.close();
  }
}

function report(faults: readonly DraftFault[], summary: object, language: Language): string {
  const lines = faults.map(({ file, line, item, code, detail }) => ({
    file,
    line,
    item,
    error: { code, message: networkMessage(code, detail ?? {}, language) },
  }));
  return [...lines, summary].map((line) => `${JSON.stringify(line)}\n`).join('');
}

function summaryOf(draft: NetworkDraft): object {
  const kinds: Record<string, number> = {};
  for (const { kind } of draft.devices) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const placed = draft.devices.filter((device) => device.placed).length;
  return { devices: kinds, placed, meters: draft.supplies.length, faults: draft.faults.length };
}

type Options = {
  readonly source: NetworkSource;
  readonly language: Language;
  /** Null: the files are checked and go nowhere. */
  readonly company: string | null;
  readonly isDry: boolean;
};

function readOptions(args: readonly string[]): Options | 'help' | undefined {
  if (args.includes('--help') || args.includes('-h')) return 'help';
  const [verb, ...rest] = args;
  const company = verb === 'import' ? rest[0] : null;
  const more = verb === 'import' ? rest.slice(1) : rest;
  const values =
    (verb === 'check' || verb === 'import') && company !== undefined ? readValues(more) : undefined;
  if (values === undefined || company === undefined) return undefined;
  const { lang = 'zh', devices, meters, dss, cim, 'dry-run': isDry = false } = values;
  if (lang !== 'zh' && lang !== 'en') return undefined;
  const sources: NetworkSource[] = [
    ...(devices !== undefined && meters !== undefined ? [{ format: 'csv' as const, devices, meters }] : []),
    ...(dss === undefined ? [] : [{ format: 'dss' as const, file: dss }]),
    ...(cim === undefined ? [] : [{ format: 'cim' as const, file: cim }]),
  ];
  const [source] = sources;
  if (source === undefined || sources.length > 1) return undefined;
  return { source, language: lang, company, isDry };
}

function readValues(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        devices: text,
        meters: text,
        dss: text,
        cim: text,
        lang: text,
        'dry-run': { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    // An option that does not exist: the usage says which do.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** A file that cannot be read is a sentence. */
async function orSay<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'path' in error)) throw error;
    return `读不了 / cannot read ${String(error.path)}: ${String(error.code)}\n`;
  }
}
