import { join } from 'node:path';
import { Client, type PoolConfig } from 'pg';
import { type CopiedFile, copyFile, makeFolder, walk, writeText } from './copy-files.ts';

/** Of a running server, not of its data: PostgreSQL, "Making a base backup using the low level API". */
const LEFT_OUT = /^(postmaster\.(pid|opts)|server\.log|backup_label(\.old)?|tablespace_map(\.old)?)$/;
/** Their contents are made anew at a start; the folders themselves must be there. */
const EMPTIED =
  /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\//;
const THROWN_AWAY = /(^|\/)(pgsql_tmp[^/]*|pg_internal\.init)(\/|$)/;

/**
 * Copies a cluster while its server runs and people work: what npm brings of PostgreSQL has no `pg_basebackup`, so this is
 * the procedure that it follows. The copy holds the log from the backup's beginning to its end, and a server that is
 * started on it recovers to the moment at which the copying ended. `target` is a new folder below `root`.
 */
export async function copyCluster(
  connection: PoolConfig,
  folders: { readonly cluster: string; readonly target: string; readonly root: string },
): Promise<readonly CopiedFile[]> {
  const { cluster, target, root } = folders;
  const server = new Client(connection as ConstructorParameters<typeof Client>[0]);
  await server.connect();
  try {
    // The slot keeps the log of the meantime from being recycled; it is temporary and ends with the connection.
    await server.query("select pg_create_physical_replication_slot('dafuwu_backup', true, true)");
    await server.query("select pg_backup_start('dafuwu', fast => true)");
    const copied: CopiedFile[] = [];
    await makeFolder(target);
    for await (const { path, kind } of walk(cluster, isLeftOut)) {
      if (kind === 'folder') await makeFolder(join(target, path));
      else copied.push(...listed(await copyFile(join(cluster, path), join(target, path), { root })));
    }
    const { rows } = await server.query<{ label: string; last: string }>(
      `select b.labelfile as label, pg_walfile_name(pg_current_wal_lsn()) as last
       from pg_backup_stop(wait_for_archive => false) b`,
    );
    const { label = '', last = '' } = rows[0] ?? {};
    const first = /START WAL LOCATION: .* \(file (\w+)\)/.exec(label)?.[1];
    if (first === undefined) throw new Error(`no beginning of the log in the label: ${label}`);
    const wal = join(cluster, 'pg_wal');
    for await (const { path } of walk(wal, (name) => !isBetween(name, first, last)))
      copied.push(...listed(await copyFile(join(wal, path), join(target, 'pg_wal', path), { root })));
    return [...copied, await writeText(join(target, 'backup_label'), label, root)];
  } finally {
    await server.end();
  }
}

function isLeftOut(path: string): boolean {
  return LEFT_OUT.test(path) || EMPTIED.test(path) || THROWN_AWAY.test(path);
}

/** Names of log files are hexadecimal numbers of one length; those after the last are kept for later use, and empty. */
function isBetween(name: string, first: string, last: string): boolean {
  return /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last;
}

/** A file that went away while we copied belonged to something that was dropped: the log says so too. */
function listed(file: CopiedFile | undefined): readonly CopiedFile[] {
  return file === undefined ? [] : [file];
}
