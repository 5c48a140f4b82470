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
  ['infer', { summary: '停电设备推断 · which device failed, from calls and meters', run: infer }],
  [
    'reliability',
    { summary: '供电可靠性指标 · reliability indices from a table of interruptions', run: reliability },
  ],
  ['network', { summary: '检查、导入电网文件 · check and import the files of a network', run: network }],
  ['route', { summary: '路线规划 · routes for visits, in the JSON of VROOM', run: route }],
  [
    'handbook',
    { summary: '手册检查、岗位手册、发布 · check, print and publish the handbook', run: handbook },
  ],
  ['audit', { summary: '核对审计链 · verify the chain of the audit', run: audit }],
  ['doctor', { summary: '查看安装是否正常 · what is right and wrong with this installation', run: doctor }],
  ['backup', { summary: '备份数据目录 · back up the data folder while the program runs', run: backup }],
  ['restore', { summary: '恢复备份 · restore a backup into a new data folder', run: restore }],
  ['privacy', { summary: '到期个人信息的清除 · personal data whose time is over', run: privacy }],
  ['account', { summary: '管理员账号的重置与停用 · reset or disable an account', run: account }],
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

async function infer(args: readonly string[]): Promise<number> {
  const { runInferCli } = await import('#modules/outage/cli-infer.ts');
  return runInferCli(args, {
    input: process.stdin,
    write,
    complain: (text) => void process.stderr.write(text),
  });
}

async function reliability(args: readonly string[]): Promise<number> {
  const { runReliabilityCli } = await import('#modules/outage/index.ts');
  return runReliabilityCli(args, {
    input: process.stdin,
    write,
    complain: (text) => void process.stderr.write(text),
  });
}

async function network(args: readonly string[]): Promise<number> {
  const { runNetworkCli } = await import('#modules/network/index.ts');
  const { exitCode, out, err } = await runNetworkCli(args, openConfigured);
  await write(out);
  process.stderr.write(err);
  return exitCode;
}

async function route(args: readonly string[]): Promise<number> {
  const { runRouteCli } = await import('#modules/repair/cli-route.ts');
  return runRouteCli(args, {
    input: process.stdin,
    write,
    complain: (text) => void process.stderr.write(text),
    clock: () => performance.now(),
  });
}

async function handbook(args: readonly string[]): Promise<number> {
  const { runHandbookCli } = await import('#modules/process/index.ts');
  const { exitCode, out, err } = await runHandbookCli(args, HANDBOOK, openConfigured);
  await write(out);
  process.stderr.write(err);
  return args.includes('--help') ? 0 : exitCode;
}

async function audit(args: readonly string[]): Promise<number> {
  const { runAuditCli } = await import('#modules/audit/cli-audit.ts');
  const { dataFolder } = readConfig(process.env, CHECKOUT);
  const { changedTexts } = await import('#modules/case/index.ts');
  const open = async () => ({
    database: await openConfigured(),
    headFolder: join(dataFolder, 'audit-heads'),
  });
  const { exitCode, out } = await runAuditCli(args, open, changedTexts);
  await write(out);
  return args.includes('--help') ? 0 : exitCode;
}

async function doctor(args: readonly string[]): Promise<number> {
  const { runDoctorCli } = await import('./cli-doctor.ts');
  const database = await connectConfigured(() => undefined);
  try {
    const { exitCode, out } = await runDoctorCli(args, readConfig(process.env, CHECKOUT), database);
    await write(out);
    return exitCode;
  } finally {
    await database.close();
  }
}

async function backup(args: readonly string[]): Promise<number> {
  const { runBackupCli } = await import('./cli-backup.ts');
  const { exitCode, out } = await runBackupCli(args, readConfig(process.env, CHECKOUT));
  await write(out);
  return exitCode;
}

async function restore(args: readonly string[]): Promise<number> {
  const { runRestoreCli } = await import('./cli-backup.ts');
  const { exitCode, out } = await runRestoreCli(args, readConfig(process.env, CHECKOUT));
  await write(out);
  return exitCode;
}

async function privacy(args: readonly string[]): Promise<number> {
  const [{ runPrivacyCli }, { declaredPersonal }, { handbookLibrary }] = await Promise.all([
    import('#modules/privacy/index.ts'),
    import('./modules.ts'),
    import('#modules/process/index.ts'),
  ]);
  const { exitCode, out } = await runPrivacyCli(args, openConfigured, (database) => ({
    database,
    activeHandbook: handbookLibrary().active,
    personal: declaredPersonal,
  }));
  await write(out);
  return args.includes('--help') ? 0 : exitCode;
}

async function account(args: readonly string[]): Promise<number> {
  const { runAccountCli } = await import('#modules/org/index.ts');
  const { exitCode, out, err } = await runAccountCli(args, openConfigured);
  await write(out);
  process.stderr.write(err);
  return args.includes('--help') ? 0 : exitCode;
}

async function openConfigured(): Promise<Database> {
  const { reachServer } = await import('./check-server.ts');
  const database = await connectConfigured((error) => process.stderr.write(`${error.message}\n`));
  await reachServer(database, readConfig(process.env, CHECKOUT));
  return database;
}

/** `DATABASE_URL`, or the database in the data folder of a program that runs; whether it answers is not asked here. */
async function connectConfigured(onError: (error: Error) => void): Promise<Database> {
  const { databaseUrl, dataFolder } = readConfig(process.env, CHECKOUT);
  const { openDatabase } = await import('#platform/db/db.ts');
  const { embeddedPostgres } = await import('#platform/db/embedded.ts');
  const connection =
    databaseUrl === null
      ? embeddedPostgres({ folder: dataFolder, durable: true }).connection('dafuwu')
      : { connectionString: databaseUrl };
  return openDatabase({ connection, max: 1, onError });
}

/** Waits while whoever reads our output is slower than we are. */
async function write(text: string | Buffer): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
