import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { isRefusal } from '#kernel/result.ts';
import { readInterruptions, type RowFault } from './domain/reliability/interruption-rows.ts';
import { yearlyIndices } from './domain/reliability/yearly-indices.ts';
import { type Language, reliabilityMessage } from './reliability-messages.ts';

/** Where the command reads and writes; `write` resolves when more may come. */
export type ReliabilityStreams = {
  readonly input: AsyncIterable<Buffer>;
  readonly write: (text: string) => Promise<void>;
  readonly complain: (text: string) => void;
};

export const RELIABILITY_USAGE = `用法：dafuwu reliability --customers N [--lang zh|en] [文件]
  从文件或标准输入读停电表（CSV，列 start,end,customers，当地时间，可有别的列），在标准输出写一个 JSON：
  {"years": [{"year", "interruptions", "saidi", "saifi", "caidi", "asai", "alpha", "beta", "tmed", "majorDays", "withoutMajor"}]}，
  时间以分钟计。有错的行在标准错误写 {"line", "id", "error": {"code", "message"}}，其余照算。说明见 docs/engines.md。
Usage: dafuwu reliability --customers N [--lang zh|en] [FILE]
  Reads interruptions (CSV, columns start,end,customers, local times, further columns allowed) from a file or standard input;
  writes one JSON to standard output, minutes. A faulty row gives {"line", "id", "error": {"code", "message"}} on standard
  error and the rest goes on. See docs/engines.md.

  --customers N   供电用户数 customers served, a number above 0
`;

/** `dafuwu reliability`. Exit codes: 0 the file was read, 2 it was not (one sentence says why). */
export async function runReliabilityCli(
  args: readonly string[],
  streams: ReliabilityStreams,
): Promise<number> {
  const options = parseArgs(args);
  if (options === 'help') {
    await streams.write(RELIABILITY_USAGE);
    return 0;
  }
  if (options === undefined) {
    streams.complain(RELIABILITY_USAGE);
    return 2;
  }
  const { file, language, customers } = options;
  try {
    const text = await readText(file === undefined ? streams.input : createReadStream(file));
    return await answer(text, customers, language, streams);
  } catch (error) {
    if (!isFileError(error)) throw error;
    const [zh, en] = [`读不了 ${file ?? '标准输入'}`, `Cannot read ${file ?? 'standard input'}`];
    streams.complain(`${language === 'zh' ? zh : en}: ${error.code}\n`);
    return 2;
  }
}

async function answer(
  text: string,
  customers: number,
  language: Language,
  streams: ReliabilityStreams,
): Promise<number> {
  const table = readInterruptions(text);
  if (isRefusal(table)) {
    streams.complain(`${reliabilityMessage(table, language)}\n`);
    return 2;
  }
  for (const fault of table.faults) streams.complain(faultLine(fault, language));
  await streams.write(`${JSON.stringify({ years: yearlyIndices(table.rows, customers) })}\n`);
  return 0;
}

function faultLine({ line, id, refusal }: RowFault, language: Language): string {
  const error = { code: refusal.refused, message: reliabilityMessage(refusal, language) };
  return `${JSON.stringify({ line, id, error })}\n`;
}

type Options = {
  readonly customers: number;
  readonly language: Language;
  readonly file: string | undefined;
};

function parseArgs(args: readonly string[]): Options | 'help' | undefined {
  let customers: number | undefined;
  let language: Language = 'zh';
  let file: string | undefined;
  const words = args.flatMap((arg) => (/^--\w+=/.test(arg) ? splitAssignment(arg) : [arg]));
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    if (word === '--help' || word === '-h') return 'help';
    if (word === '--customers') {
      customers = readCount(words[(i += 1)] ?? '');
      if (customers === undefined) return undefined;
    } else if (word === '--lang') {
      const named = words[(i += 1)];
      if (named !== 'zh' && named !== 'en') return undefined;
      language = named;
    } else if (word === '-') file = undefined;
    else if (word.startsWith('-') || file !== undefined) return undefined;
    else file = word;
  }
  return customers === undefined ? undefined : { customers, language, file };
}

function splitAssignment(arg: string): readonly string[] {
  const sign = arg.indexOf('=');
  return [arg.slice(0, sign), arg.slice(sign + 1)];
}

/** A yearly mean may have decimals. */
function readCount(text: string): number | undefined {
  const count = /^\d{1,9}(\.\d+)?$/.test(text) ? Number(text) : 0;
  return count > 0 ? count : undefined;
}

/** Tables saved by Excel and WPS in Chinese are GB 18030 unless somebody chose UTF-8. */
async function readText(input: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return isUtf8(bytes) ? bytes.toString('utf8') : new TextDecoder('gb18030').decode(bytes);
}

function isFileError(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOENT', 'EISDIR', 'EACCES', 'EIO'].includes(String(error.code))
  );
}
