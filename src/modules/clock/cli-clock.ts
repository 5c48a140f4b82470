import { createReadStream } from 'node:fs';
import { isRefusal, refuse, type Refusal } from '#kernel/result.ts';
import { readWorkingDays } from './chinese-calendar.ts';
import { clockMessage, type Language } from './clock-messages.ts';
import { type TextLine, textLines } from '#platform/text-lines.ts';
import { answerQuestion, type CalendarBook, printAnswer } from './domain/index.ts';

/** Where a command reads and writes; `write` resolves when more may come. */
export type ClockStreams = {
  readonly input: AsyncIterable<Buffer>;
  readonly write: (text: string | Buffer) => Promise<void>;
  readonly complain: (text: string) => void;
};

const CLOCK_USAGE = `用法：dafuwu clock [--lang zh|en] [文件]
  从文件或标准输入逐行读 {"id", "op", "calendar", "input"}，逐行写 {"id", "result", "ledger"};
  有错的行写 {"line", "id", "error": {"code", "message"}}，其余照算。说明见 docs/engines.md。
Usage: dafuwu clock [--lang zh|en] [FILE]
  Reads {"id", "op", "calendar", "input"} a line, from a file or standard input; writes {"id", "result", "ledger"} a line;
  a faulty line gives {"line", "id", "error": {"code", "message"}} and the rest goes on. See docs/engines.md.

  op        due {start, limit, pauses?, cutoff?} · add_working_seconds {from, seconds} ·
            working_seconds_between {from, to} · is_working_time {at} · next_working_time {at} ·
            is_working_day {date} · add_working_days {date, working_days}
  limit     45min 24h 7cd 5wd 6bh (-7cd: 倒排 backwards)
  calendar  cn · hall · office · {tz, weekly | hours_on_working_days, holidays?, special_days?, breaks?}
`;

/** `dafuwu clock`. Exit codes: 0 the file was read, 2 it was not (one sentence says why). */
export async function runClockCli(
  args: readonly string[],
  calendarTable: string,
  streams: ClockStreams,
): Promise<number> {
  const options = parseArgs(args);
  if (options === 'help') {
    await streams.write(CLOCK_USAGE);
    return 0;
  }
  if (options === undefined) {
    streams.complain(CLOCK_USAGE);
    return 2;
  }
  const { file, language } = options;
  const input = file === undefined ? streams.input : createReadStream(file, { highWaterMark: 1 << 18 });
  const book = readWorkingDays(calendarTable);
  try {
    await answerLines(input, book, language, streams.write);
    return 0;
  } catch (error) {
    if (!isFileError(error)) throw error;
    const [zh, en] = [`读不了 ${file ?? '标准输入'}`, `Cannot read ${file ?? 'standard input'}`];
    streams.complain(`${language === 'zh' ? zh : en}: ${error.code}\n`);
    return 2;
  }
}

function parseArgs(
  args: readonly string[],
): { readonly file: string | undefined; readonly language: Language } | 'help' | undefined {
  let file: string | undefined;
  let language: Language = 'zh';
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    if (arg === '--help' || arg === '-h') return 'help';
    if (arg === '--lang') {
      const named = args[(i += 1)];
      if (named !== 'zh' && named !== 'en') return undefined;
      language = named;
    } else if (arg === '-') file = undefined;
    else if (arg.startsWith('-') || file !== undefined) return undefined;
    else file = arg;
  }
  return { file, language };
}

async function answerLines(
  input: AsyncIterable<Buffer>,
  book: CalendarBook,
  language: Language,
  write: (text: Buffer) => Promise<void>,
): Promise<void> {
  const answer = lineAnswerer(book, language);
  let line = 0;
  for await (const lines of textLines(input)) {
    // One Chinese name would make a joined text two bytes a character: lines are encoded one by one.
    await write(Buffer.concat(lines.map((text) => Buffer.from(answer(text, (line += 1))))));
  }
}

function lineAnswerer(book: CalendarBook, language: Language): (read: TextLine, line: number) => string {
  return (read, line) => {
    if (read === 'too-long') return printFault(line, null, refuse('clock.line-too-long'), language);
    if (read === 'bad-encoding') return printFault(line, null, refuse('clock.bad-encoding'), language);
    const plain = line === 1 ? read.text.replace(/^\uFEFF/, '') : read.text;
    if (plain.trim() === '') return '';
    const question = parseJson(plain);
    if (isRefusal(question)) return printFault(line, null, question, language);
    const id = idOf(question.value);
    if (isRefusal(id)) return printFault(line, null, id, language);
    const answer = answerQuestion(question.value, book);
    if (isRefusal(answer)) return printFault(line, id, answer, language);
    return `${printAnswer(id, answer)}\n`;
  };
}

function parseJson(text: string): { readonly value: unknown } | Refusal {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return refuse('clock.bad-json');
    throw error;
  }
}

function idOf(question: unknown): string | number | null | Refusal {
  if (typeof question !== 'object' || question === null || !('id' in question)) return null;
  const { id } = question;
  return typeof id === 'string' || typeof id === 'number' || id === null ? id : refuse('clock.bad-id');
}

function printFault(line: number, id: string | number | null, refusal: Refusal, language: Language): string {
  const error = { code: refusal.refused, message: clockMessage(refusal, language) };
  return `${JSON.stringify({ line, id: id === null ? null : String(id), error })}\n`;
}

function isFileError(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOENT', 'EISDIR', 'EACCES', 'EIO'].includes(String(error.code))
  );
}
