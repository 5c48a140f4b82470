import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PoolConfig } from 'pg';
import type { Instant } from '#kernel/instant.ts';
import { clusterOwner, type Owner } from '../db/embedded.ts';
import { StartRefusal } from '../start-refusal.ts';
import { copyCluster } from './copy-cluster.ts';
import { type CopiedFile, copyFile, makeFolder, walk, writeText } from './copy-files.ts';

/** Written last into every backup: what it consists of. A restore believes no file that is not in it. */
const LIST = 'backup.json';
/** In the data folder: when the last backup was made, for `dafuwu doctor`. */
const LAST = 'last-backup.json';
/**
 * Not data: the server's own files, its socket, the log, our note of the last backup; and the key, which would open what the
 * backup holds sealed.
 */
const NOT_DATA = /^(postgres|run|log|last-backup\.json|secret\.key)$/;

export type Backup = { readonly at: Instant; readonly files: readonly CopiedFile[] };

/**
 * Backs up a data folder whose embedded database runs into a new folder: the cluster, and whatever else is kept beside it.
 * The folder appears under its name when it is complete and on the disk.
 */
export async function takeBackup(
  dataFolder: string,
  connection: PoolConfig,
  target: string,
  now: Instant,
): Promise<Backup> {
  if (existsSync(target))
    throw new StartRefusal(
      `${target} 已经存在；备份只写进新目录。`,
      `${target} is there already: a backup is written into a new folder.`,
    );
  const partial = `${target}.partial`;
  const backup = await orNothing(partial, async () => {
    const folders = {
      cluster: join(dataFolder, 'postgres'),
      target: join(partial, 'postgres'),
      root: partial,
    };
    const files = [...(await copyCluster(connection, folders)), ...(await copyBeside(dataFolder, partial))];
    await writeText(join(partial, LIST), JSON.stringify({ at: now, files }), partial);
    return { at: now, files };
  });
  await rename(partial, target);
  await writeFile(join(dataFolder, LAST), JSON.stringify({ at: now, target }), { flush: true });
  return backup;
}

/** Fills a new folder; whatever goes wrong, no half of it is left. */
async function orNothing<T>(folder: string, fill: () => Promise<T>): Promise<T> {
  await rm(folder, { recursive: true, force: true });
  await makeFolder(folder);
  try {
    return await fill();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function copyBeside(dataFolder: string, partial: string): Promise<readonly CopiedFile[]> {
  const copied: CopiedFile[] = [];
  for await (const { path, kind } of walk(dataFolder, (one) => NOT_DATA.test(one))) {
    if (kind === 'folder') continue;
    const file = await copyFile(join(dataFolder, path), join(partial, path), { root: partial });
    if (file !== undefined) copied.push(file);
  }
  return copied;
}

/** Makes a data folder from a backup. Every file must be there as it was written; else nothing is left behind. */
export async function restoreBackup(from: string, dataFolder: string): Promise<Backup> {
  const backup = await readList(from);
  if (existsSync(dataFolder) && (await readdir(dataFolder)).length > 0)
    throw new StartRefusal(
      `${dataFolder} 里已有内容；请用 DAFUWU_DATA 指定一个新目录来恢复。`,
      `There is something in ${dataFolder}: name a new folder to restore into with DAFUWU_DATA.`,
    );
  const partial = `${dataFolder}.partial`;
  await orNothing(partial, () => copyBack(from, partial, backup.files));
  await rm(dataFolder, { recursive: true, force: true });
  await makeFolder(dirname(dataFolder));
  await rename(partial, dataFolder);
  return backup;
}

async function copyBack(from: string, partial: string, files: readonly CopiedFile[]): Promise<void> {
  const owner = clusterOwner();
  // Folders first: the server misses the empty ones too.
  for await (const { path, kind } of walk(from, () => false))
    if (kind === 'folder') await makeFolder(join(partial, path), ownerOf(path, owner));
  for (const wanted of files) {
    const options = { root: partial, owner: ownerOf(wanted.path, owner) };
    const copied = await copyFile(join(from, wanted.path), join(partial, wanted.path), options);
    if (copied?.sha256 === wanted.sha256) continue;
    throw new StartRefusal(
      `备份不完整：${wanted.path} ${copied === undefined ? '不见了' : '被改动过'}；什么也没有恢复，请用另一份备份。`,
      `The backup is damaged: ${wanted.path} is ${copied === undefined ? 'missing' : 'altered'}; nothing was restored, use another backup.`,
    );
  }
}

/** Cluster and socket belong to the server's account; what lies beside them is ours. */
function ownerOf(path: string, owner: Owner | undefined): Owner | undefined {
  return /^postgres(\/|$)/.test(path) ? owner : undefined;
}

async function readList(from: string): Promise<Backup> {
  try {
    return JSON.parse(await readFile(join(from, LIST), 'utf8')) as Backup;
  } catch (error) {
    throw new StartRefusal(
      `${from} 不是一份完整的备份（没有可读的 ${LIST}）。`,
      `${from} is no complete backup (no readable ${LIST}).`,
      { cause: error },
    );
  }
}

/** When the last backup of a data folder was made, and where to; undefined: never by us. */
export async function lastBackup(
  dataFolder: string,
): Promise<{ readonly at: Instant; readonly target: string } | undefined> {
  const path = join(dataFolder, LAST);
  if (!existsSync(path)) return undefined;
  return JSON.parse(await readFile(path, 'utf8')) as { at: Instant; target: string };
}
