import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Logger, pino, stdTimeFunctions } from 'pino';
import { StartRefusal } from './start-refusal.ts';

/** An error as it may be written down: PostgreSQL's `detail` and quoted values are data of customers (design rule 8). */
export function describeError(error: unknown): { readonly [name: string]: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? { code: String(error.code) } : {};
  const constraint = 'constraint' in error ? { constraint: String(error.constraint) } : {};
  // A database error quotes the value that did not fit; our own errors quote names of ours.
  const fromServer = 'severity' in error;
  const message = fromServer ? error.message.replaceAll(/"[^"]*"/g, '"…"') : error.message;
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { type: error.name, ...code, ...constraint, message, stack: stack.join('\n') };
}

/**
 * One JSON line an event. To a file, `-` for standard error; the file is only ever appended to, and opened anew on
 * SIGHUP, so that `logrotate` may move it away. Never a URL with its query, a body or a name.
 */
export function openLog(target: string): Logger {
  const settings = {
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: describeError, error: describeError },
  };
  if (target === '-') return pino(settings, pino.destination({ dest: 2, sync: true }));
  try {
    mkdirSync(dirname(target), { recursive: true });
    const file = pino.destination({ dest: target, sync: true, append: true });
    process.on('SIGHUP', () => file.reopen());
    return pino(settings, file);
  } catch (error) {
    throw new StartRefusal(
      `日志写不进 ${target}，请检查权限和磁盘空间，或用 DAFUWU_LOG 另指文件（- 为标准错误）。`,
      `Cannot write the log ${target}: check permissions and disk space, or name another file in DAFUWU_LOG (- is stderr).`,
      { cause: error },
    );
  }
}
