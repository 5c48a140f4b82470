import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isRefusal, refuse, type Refusal } from '#kernel/result.ts';
import { type TextLine, textLines } from '#platform/text-lines.ts';
import {
  createInference,
  type Incident,
  type Inference,
  type Name,
  type Network,
  readInferLine,
  readNetwork,
} from './domain/index.ts';
import { inferMessage, type Language } from './infer-messages.ts';

/** Where a command reads and writes; `write` resolves when more may come. */
export type InferStreams = {
  readonly input: AsyncIterable<Buffer>;
  readonly write: (text: string) => Promise<void>;
  readonly complain: (text: string) => void;
};

export const INFER_USAGE = `用法：dafuwu infer --network 网络.json [--lang zh|en] [事件.jsonl]
  从文件或标准输入逐行读停电报告，推断断开的设备；每个 ask 写一行 {"t", "incidents"}。
  有错的行写 {"line", "id", "error": {"code", "message"}}，其余照算。说明见 docs/engines.md。
Usage: dafuwu infer --network NETWORK.json [--lang zh|en] [EVENTS.jsonl]
  Reads outage reports a line, from a file or standard input, and infers which devices are open; one {"t", "incidents"} for each ask;
  a faulty line gives {"line", "id", "error": {"code", "message"}} and the rest goes on. See docs/engines.md.

  network   {devices: [{id, parent: id|null, kind, exposure?}], customers: [{id, device, meter?}]}
            kind: breaker recloser switch fuse transformer lv_branch meter_box
  events    {kind: "settings", faults_per_feeder_hour?} · {t, kind: "call"|"last_gasp", id, customer} ·
            {t, kind: "ping", customer, answer: "on"|"off"|"silent"} · {t, kind: "telemetry", device, state: "open"|"closed"} ·
            {t, kind: "restored", device} · {t, kind: "ask"}
`;

/** `dafuwu infer`. Exit codes: 0 the file was read, 2 it was not (one sentence says why). */
export async function runInferCli(args: readonly string[], streams: InferStreams): Promise<number> {
  const options = parseArgs(args);
  if (options === 'help') {
    await streams.write(INFER_USAGE);
    return 0;
  }
  if (options === undefined) {
    streams.complain(INFER_USAGE);
    return 2;
  }
  const { language, file } = options;
  const network = await loadNetwork(options.network);
  if (isRefusal(network)) {
    streams.complain(`${inferMessage(network, language)}\n`);
    return 2;
  }
  const input = file === undefined ? streams.input : createReadStream(file, { highWaterMark: 1 << 18 });
  try {
    const answer = lineAnswerer(network, language);
    for await (const lines of textLines(input)) await streams.write(lines.map(answer).join(''));
    return 0;
  } catch (error) {
    if (!isFileError(error)) throw error;
    streams.complain(`${inferMessage(cannotRead(file ?? '-', error.code), language)}\n`);
    return 2;
  }
}

type Options = {
  readonly network: string;
  readonly file: string | undefined;
  readonly language: Language;
};

function parseArgs(args: readonly string[]): Options | 'help' | undefined {
  let [network, file]: (string | undefined)[] = [];
  let language: Language = 'zh';
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    if (arg === '--help' || arg === '-h') return 'help';
    if (arg === '--network') network = args[(i += 1)];
    else if (arg.startsWith('--network=')) network = arg.slice('--network='.length);
    else if (arg === '--lang') {
      const named = args[(i += 1)];
      if (named !== 'zh' && named !== 'en') return undefined;
      language = named;
    } else if (arg === '-') file = undefined;
    else if (arg.startsWith('-') || file !== undefined) return undefined;
    else file = arg;
  }
  return network === undefined || network === '' ? undefined : { network, file, language };
}

async function loadNetwork(file: string): Promise<Network | Refusal> {
  try {
    return readNetwork(JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, '')) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError) return refuse('infer.network-not-json', { file });
    if (!isFileError(error)) throw error;
    return cannotRead(file, error.code);
  }
}

function cannotRead(file: string, code: string): Refusal {
  return refuse('infer.cannot-read', { file, code });
}

function isFileError(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOENT', 'EISDIR', 'EACCES', 'EIO', 'ENOTDIR'].includes(String(error.code))
  );
}

function lineAnswerer(network: Network, language: Language): (line: TextLine) => string {
  const state: { inference: Inference | undefined; line: number } = {
    inference: undefined,
    line: 0,
  };
  return (line) => {
    state.line += 1;
    const fault = (id: Name | null, refusal: Refusal) => printFault(state.line, id, refusal, language);
    if (line === 'too-long') return fault(null, refuse('infer.line-too-long'));
    if (line === 'bad-encoding') return fault(null, refuse('infer.bad-encoding'));
    if (line.text.trim() === '') return '';
    const value = parseJson(line.text);
    if (isRefusal(value)) return fault(null, value);
    const answer = answerValue(network, state, value.value);
    return isRefusal(answer) ? fault(idOf(value.value), answer) : answer;
  };
}

/** What one line asks for, printed; nothing for what is only taken in. */
function answerValue(
  network: Network,
  state: { inference: Inference | undefined },
  value: unknown,
): string | Refusal {
  const read = readInferLine(network, value);
  if (isRefusal(read)) return read;
  if (read.kind === 'settings') {
    if (state.inference !== undefined) return refuse('infer.settings-not-first');
    state.inference = createInference(network, { faultsPerFeederHour: read.faultsPerFeederHour });
    return '';
  }
  state.inference ??= createInference(network);
  if (read.kind !== 'ask') return state.inference.observe(read) ?? '';
  const incidents = state.inference.incidents(read.at);
  return isRefusal(incidents) ? incidents : printAnswer(read.at, incidents);
}

function printAnswer(t: number, incidents: readonly Incident[]): string {
  const printed = incidents.map(({ device, posterior, since, reports, nested }) => ({
    device,
    posterior: Math.round(posterior * 1e4) / 1e4,
    since,
    reports,
    ...(nested.length === 0 ? {} : { nested }),
  }));
  return `${JSON.stringify({ t, incidents: printed })}\n`;
}

function parseJson(text: string): { readonly value: unknown } | Refusal {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return refuse('infer.bad-json');
    throw error;
  }
}

function idOf(value: unknown): Name | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  return typeof value.id === 'string' || typeof value.id === 'number' ? value.id : null;
}

function printFault(line: number, id: Name | null, refusal: Refusal, language: Language): string {
  const error = { code: refusal.refused, message: inferMessage(refusal, language) };
  return `${JSON.stringify({ line, id: id === null ? null : String(id), error })}\n`;
}
