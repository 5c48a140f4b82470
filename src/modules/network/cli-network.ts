import { parseArgs } from 'node:util';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import type { NetworkDraft } from './domain/index.ts';
import { type Language, networkMessage } from './network-messages.ts';
import { type NetworkSource, readNetworkFiles } from './network-files.ts';

export type CliResult = { readonly exitCode: number; readonly out: string; readonly err: string };

const USAGE = `用法 / usage:
  dafuwu network check --devices devices.csv --meters meters.csv [--lang zh|en]
  dafuwu network check --dss master.dss [--lang zh|en]
  dafuwu network check --cim model.xml [--lang zh|en]
  读电网文件，逐行写出错误 {"file", "line", "item", "error"}，最后写一行小结。
  Reads the files of a network; writes a line {"file", "line", "item", "error"} a fault and a summary at the end.
`;

/** `dafuwu network`. Exit codes: 0 nothing wrong, 1 faults, 2 not read. */
export async function runNetworkCli(args: readonly string[]): Promise<CliResult> {
  const options = readOptions(args);
  if (options === undefined) return { exitCode: 2, out: '', err: USAGE };
  if (options === 'help') return { exitCode: 0, out: USAGE, err: '' };
  const draft = await readOrSay(options.source);
  if (typeof draft === 'string') return { exitCode: 2, out: '', err: draft };
  if (isRefusal(draft))
    return { exitCode: 2, out: '', err: `${networkMessage(draft.refused, {}, options.language)}\n` };
  return { exitCode: draft.faults.length === 0 ? 0 : 1, out: report(draft, options.language), err: '' };
}

function report(draft: NetworkDraft, language: Language): string {
  const lines = draft.faults.map(({ file, line, item, code, detail }) => ({
    file,
    line,
    item,
    error: { code, message: networkMessage(code, detail ?? {}, language) },
  }));
  const kinds: Record<string, number> = {};
  for (const { kind } of draft.devices) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const placed = draft.devices.filter((device) => device.placed).length;
  const summary = { devices: kinds, placed, meters: draft.supplies.length, faults: draft.faults.length };
  return [...lines, summary].map((line) => `${JSON.stringify(line)}\n`).join('');
}

type Options = { readonly source: NetworkSource; readonly language: Language };

function readOptions(args: readonly string[]): Options | 'help' | undefined {
  if (args.includes('--help') || args.includes('-h')) return 'help';
  const [verb, ...rest] = args;
  const values = verb === 'check' ? readValues(rest) : undefined;
  if (values === undefined) return undefined;
  const { lang = 'zh', devices, meters, dss, cim } = values;
  if (lang !== 'zh' && lang !== 'en') return undefined;
  const sources: NetworkSource[] = [
    ...(devices !== undefined && meters !== undefined ? [{ format: 'csv' as const, devices, meters }] : []),
    ...(dss === undefined ? [] : [{ format: 'dss' as const, file: dss }]),
    ...(cim === undefined ? [] : [{ format: 'cim' as const, file: cim }]),
  ];
  const [source] = sources;
  return source === undefined || sources.length > 1 ? undefined : { source, language: lang };
}

function readValues(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { devices: text, meters: text, dss: text, cim: text, lang: text },
    }).values;
  } catch (error) {
    // An option that does not exist: the usage says which do.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

async function readOrSay(source: NetworkSource): Promise<NetworkDraft | Refusal | string> {
  try {
    return await readNetworkFiles(source);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'path' in error)) throw error;
    return `读不了 / cannot read ${String(error.path)}: ${String(error.code)}\n`;
  }
}
