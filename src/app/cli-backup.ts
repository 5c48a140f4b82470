import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Backup, restoreBackup, takeBackup } from '#platform/backup/backup.ts';
import type { Config } from '#platform/config.ts';
import { embeddedPostgres } from '#platform/db/embedded.ts';
import { StartRefusal } from '#platform/start-refusal.ts';
import { KEY_FILE } from '#platform/vault.ts';

const BACKUP_USAGE = `用法：dafuwu backup 新目录
  程序运行时备份内置数据库和数据目录；目录写完整了才出现。自备的数据库请用 pg_dump（docs/operations.md）。
usage: dafuwu backup NEW_FOLDER
  Backs up the embedded database and the data folder while the program runs; the folder appears when it is complete.
`;

const RESTORE_USAGE = `用法：DAFUWU_DATA=新目录 dafuwu restore 备份目录
  逐个核对文件并恢复到新目录，不动原来的数据。
usage: DAFUWU_DATA=NEW_FOLDER dafuwu restore BACKUP
  Checks every file and restores into a new folder; what is there now stays as it is.
`;

const MIB = 1024 ** 2;

type CliResult = { readonly exitCode: number; readonly out: string };

/** `dafuwu backup FOLDER`. */
export async function runBackupCli(args: readonly string[], config: Config): Promise<CliResult> {
  const target = onlyArgument(args);
  if (target === undefined) return usage(args, BACKUP_USAGE);
  if (config.databaseUrl !== null)
    throw new StartRefusal(
      '数据库是自备的（DATABASE_URL）：请用 pg_dump 或 pg_basebackup 备份，见 docs/operations.md。',
      'The database is a server of your own (DATABASE_URL): back it up with pg_dump or pg_basebackup, see docs/operations.md.',
    );
  if (!existsSync(config.dataFolder))
    throw new StartRefusal(
      `没有数据目录 ${config.dataFolder}；请用 DAFUWU_DATA 指明。`,
      `There is no data folder ${config.dataFolder}: name it with DAFUWU_DATA.`,
    );
  const server = embeddedPostgres({ folder: config.dataFolder, durable: true }).connection('postgres');
  const backup = await inOneSentence(config.dataFolder, () =>
    takeBackup(config.dataFolder, server, target, Date.now()),
  );
  const key = config.key === null ? `；密钥 ${KEY_FILE} 不在其中，请另存 / keep ${KEY_FILE} apart` : '';
  return { exitCode: 0, out: `已备份到 / backed up to ${target}：${size(backup)}${key}\n` };
}

/** `dafuwu restore BACKUP`, into `DAFUWU_DATA`. */
export async function runRestoreCli(args: readonly string[], config: Config): Promise<CliResult> {
  const from = onlyArgument(args);
  if (from === undefined) return usage(args, RESTORE_USAGE);
  const backup = await inOneSentence(config.dataFolder, () => restoreBackup(from, config.dataFolder));
  const then = `DAFUWU_DATA=${config.dataFolder}`;
  return {
    exitCode: 0,
    out: `已恢复到 / restored into ${config.dataFolder}：${size(backup)}
接着 / then：
  ${then} npm start
  ${then} bin/dafuwu audit verify
`,
  };
}

function onlyArgument(args: readonly string[]): string | undefined {
  const [first] = args;
  return args.length === 1 && first !== undefined && !first.startsWith('-') ? resolve(first) : undefined;
}

function usage(args: readonly string[], text: string): CliResult {
  return { exitCode: args.includes('--help') ? 0 : 2, out: text };
}

function size({ at, files }: Backup): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const taken = new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  return `${taken}，${files.length} 个文件 files，${(bytes / MIB).toFixed(0)} MB`;
}

/** What goes wrong with disks and servers is said like everything else that ends a command. */
async function inOneSentence<T>(dataFolder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const said = SENTENCES.find(([pattern]) => pattern.test(code));
    if (said === undefined) throw error;
    throw new StartRefusal(`${said[1]}（${dataFolder}）`, `${said[2]} (${dataFolder})`, { cause: error });
  }
}

const SENTENCES: readonly (readonly [RegExp, string, string])[] = [
  [/^ENOSPC$/, '磁盘满了，什么也没有写下', 'The disk is full; nothing was written'],
  [
    /^(EACCES|EPERM)$/,
    '没有权限，请用启动程序的账户来做',
    'Not permitted: do it as the account that runs the program',
  ],
  [
    /^(ENOENT|ECONNREFUSED|57P0[13])$/,
    '数据库没有在运行；请先启动程序，或停着时直接复制数据目录',
    'The database does not run: start the program first, or copy the data folder while it is stopped',
  ],
];
