import { once } from 'node:events';
import { join } from 'node:path';
import { readConfig } from '#platform/config.ts';
import type { Database } from '#platform/db/db.ts';
import { StartRefusal } from '#platform/start-refusal.ts';

// `dafuwu <command>`. Each command reads its own arguments and gives the exit code; a module's commands live in its `cli-*.ts`
// and are loaded when called: an engine starts without the database driver.

const CHECKOUT = join(import.meta.dirname, '..', '..');
const HANDBOOK = join(CHECKOUT, 'handbook');

type Command = { readonly summary: string; run(args: readonly string[]): Promise<number> };

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['clock', { summary: '时限计算 · deadlines, each with its ledger', run: clock }],
  [
    'handbook',
    { summary: '手册检查、岗位手册、发布 · check, print and publish the handbook', run: handbook },
  ],
]);

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read our output has read enough (`| head`).
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await main(process.argv.slice(2));

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h' || name === 'help') {
    await write(usage());
    return 0;
  }
  const command = COMMANDS.get(name ?? '');
  if (command === undefined) {
    process.stderr.write(usage());
    return 2;
  }
  try {
    return await command.run(args);
  } catch (error) {
    if (!(error instanceof StartRefusal)) throw error;
    process.stderr.write(`${error.zh}\n${error.en}\n`);
    return 2;
  }
}

function usage(): string {
  const lines = [...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`);
  return `用法 / usage:dafuwu <命令 command> [--help]\n${lines.join('\n')}\n`;
}

async function clock(args: readonly string[]): Promise<number> {
  const { runClockCli } = await import('#modules/clock/cli-clock.ts');
  return runClockCli(args, join(HANDBOOK, 'calendars', 'holiday-cn.json'), {
    input: process.stdin,
    write,
    complain: (text) => void process.stderr.write(text),
  });
}

async function handbook(args: readonly string[]): Promise<number> {
  const { runHandbookCli } = await import('#modules/process/index.ts');
  const { exitCode, out, err } = await runHandbookCli(args, HANDBOOK, openConfigured);
  await write(out);
  process.stderr.write(err);
  return args.includes('--help') ? 0 : exitCode;
}

async function openConfigured(): Promise<Database> {
  const { databaseUrl } = readConfig(process.env, CHECKOUT);
  if (databaseUrl === null)
    throw new StartRefusal(
      '请用 DATABASE_URL 说明数据库，例如 postgres://user@host/dafuwu。',
      'Say which database by DATABASE_URL, for example postgres://user@host/dafuwu.',
    );
  const { openDatabase } = await import('#platform/db/db.ts');
  return openDatabase({
    connection: { connectionString: databaseUrl },
    max: 1,
    onError: (error) => process.stderr.write(`${error.message}\n`),
  });
}

/** Waits while whoever reads our output is slower than we are. */
async function write(text: string | Buffer): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
