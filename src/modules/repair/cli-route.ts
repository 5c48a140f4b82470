import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { isRefusal, refuse, type Refusal } from '#kernel/result.ts';
import { printRoutePlan, readRouteProblem, solveRoute } from './domain/index.ts';
import { type Language, routeMessage } from './route-messages.ts';

/** Where the command reads and writes; `clock` counts milliseconds since the program began. */
export type RouteStreams = {
  readonly input: AsyncIterable<Buffer>;
  readonly write: (text: string) => Promise<void>;
  readonly complain: (text: string) => void;
  readonly clock: () => number;
};

/** Without a limit: five seconds, or for a small problem these rounds a job, which find all there is to find. */
const USUAL_SECONDS = 5;
const USUAL_ROUNDS_A_JOB = 20_000;
const LONGEST_SECONDS = 86_400;
const MOST_ROUNDS = 1_000_000_000;

export const ROUTE_USAGE = `用法：dafuwu route [--seconds N] [--rounds N] [--seed S] [--lang zh|en] [文件]
  从文件或标准输入读一个 VROOM 格式的路线问题（整数秒），写出一个 VROOM 格式的方案。
  时间窗是硬约束；先少丢下任务（按 priority），再省成本矩阵（没有时用时长）。说明见 docs/engines.md。
Usage: dafuwu route [--seconds N] [--rounds N] [--seed S] [--lang zh|en] [FILE]
  Reads one routing problem in VROOM's JSON (whole seconds), from a file or standard input; writes one plan in VROOM's form.
  Windows are hard; as few jobs as possible are left out (by priority), then the cost matrix decides (durations where there is none).

  --seconds N   至多用多少秒（从启动算起） · at most so many seconds since the start (5)
  --rounds N    至多多少轮；只给轮数时结果可重复 · at most so many rounds; given alone, the answer repeats
  --seed S      随机种子 · seed of the search (1)
`;

type Options = {
  readonly file: string | undefined;
  readonly language: Language;
  readonly seconds: number | undefined;
  readonly rounds: number | undefined;
  readonly seed: number;
};

/** `dafuwu route`. Exit codes: 0 a plan was written, 2 the problem cannot be read (one sentence says why). */
export async function runRouteCli(args: readonly string[], streams: RouteStreams): Promise<number> {
  const options = parseArgs(args);
  if (options === 'help') {
    await streams.write(ROUTE_USAGE);
    return 0;
  }
  if (options === undefined) {
    streams.complain(ROUTE_USAGE);
    return 2;
  }
  const answer = await planFile(options, streams);
  if (typeof answer === 'string') {
    await streams.write(answer);
    return 0;
  }
  streams.complain(`${sentence(answer, options)}\n`);
  return 2;
}

async function planFile(options: Options, streams: RouteStreams): Promise<string | Refusal> {
  const document = await readDocument(options.file, streams.input);
  if (isRefusal(document)) return document;
  const problem = readRouteProblem(document.value);
  if (isRefusal(problem)) return problem;
  const { routes } = solveRoute(problem, budgetOf(options, problem.jobs.length, streams.clock));
  return `${JSON.stringify(printRoutePlan(problem, routes))}\n`;
}

function budgetOf({ seconds, rounds, seed }: Options, jobs: number, clock: () => number) {
  const limit = seconds ?? (rounds === undefined ? USUAL_SECONDS : undefined);
  const most = rounds ?? (seconds === undefined ? USUAL_ROUNDS_A_JOB * jobs : MOST_ROUNDS);
  return { seed, rounds: most, ...(limit !== undefined && { used: () => clock() / (1000 * limit) }) };
}

async function readDocument(
  file: string | undefined,
  input: AsyncIterable<Buffer>,
): Promise<{ readonly value: unknown } | Refusal> {
  try {
    const bytes = file === undefined ? await wholeOf(input) : await readFile(file);
    if (!isUtf8(bytes)) return refuse('route.bad-encoding');
    return { value: JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return refuse('route.bad-json');
    if (error instanceof Error && 'syscall' in error && 'code' in error)
      return refuse('route.unreadable', { code: String(error.code) });
    throw error;
  }
}

async function wholeOf(input: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function sentence(refusal: Refusal, { file, language }: Options): string {
  if (refusal.refused !== 'route.unreadable') return routeMessage(refusal, language);
  const named = file ?? { zh: '标准输入', en: 'standard input' }[language];
  return `${{ zh: '读不了', en: 'Cannot read' }[language]} ${named}: ${refusal.detail?.['code'] ?? ''}`;
}

function parseArgs(args: readonly string[]): Options | 'help' | undefined {
  let options: Options = { file: undefined, language: 'zh', seconds: undefined, rounds: undefined, seed: 1 };
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    if (arg === '--help' || arg === '-h') return 'help';
    if (!arg.startsWith('-') || arg === '-') {
      if (options.file !== undefined) return undefined;
      if (arg !== '-') options = { ...options, file: arg };
      continue;
    }
    const given = optionOf(arg, args[(i += 1)]);
    if (given === undefined) return undefined;
    options = { ...options, ...given };
  }
  return options;
}

function optionOf(name: string, value: string | undefined): Partial<Options> | undefined {
  if (name === '--lang') return value === 'zh' || value === 'en' ? { language: value } : undefined;
  const number = value === undefined || value.trim() === '' ? Number.NaN : Number(value);
  if (name === '--seconds') return number > 0 && number <= LONGEST_SECONDS ? { seconds: number } : undefined;
  if (!Number.isSafeInteger(number)) return undefined;
  if (name === '--rounds') return number > 0 && number <= MOST_ROUNDS ? { rounds: number } : undefined;
  return name === '--seed' ? { seed: number } : undefined;
}
