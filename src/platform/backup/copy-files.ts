import { createHash } from 'node:crypto';
import { chown, mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Owner } from '../db/embedded.ts';

/** A file as it was copied: its path below the folder, and the SHA-256 of what was written. */
export type CopiedFile = { readonly path: string; readonly bytes: number; readonly sha256: string };

const CHUNK = 1024 * 1024;

/** Copies one file and brings it to the disk; the copy is what was hashed. Undefined: it is not there (any more). */
export async function copyFile(
  from: string,
  to: string,
  { root, owner }: { readonly root: string; readonly owner?: Owner | undefined },
): Promise<CopiedFile | undefined> {
  const source = await openIfThere(from);
  if (source === undefined) return undefined;
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const target = await open(to, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(CHUNK);
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await source.read(chunk, 0, CHUNK);
      if (bytesRead === 0) break;
      const part = chunk.subarray(0, bytesRead);
      hash.update(part);
      await target.writeFile(part);
      bytes += bytesRead;
    }
    if (owner) await target.chown(owner.uid, owner.gid);
    await target.sync();
    return { path: relative(root, to), bytes, sha256: hash.digest('hex') };
  } finally {
    await source.close();
    await target.close();
  }
}

/** Writes a small file and brings it to the disk. */
export async function writeText(path: string, text: string, root: string): Promise<CopiedFile> {
  await writeFile(path, text, { flag: 'wx', mode: 0o600, flush: true });
  return {
    path: relative(root, path),
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
}

/** Makes a folder that only its owner enters. */
export async function makeFolder(path: string, owner?: Owner): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (owner) await chown(path, owner.uid, owner.gid);
}

/** Folders and files below a folder, by their paths from there; what `skips` is not entered. */
export async function* walk(
  folder: string,
  skips: (path: string) => boolean,
  below = '',
): AsyncGenerator<{ readonly path: string; readonly kind: 'folder' | 'file' }> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(below, entry.name);
    if (skips(path)) continue;
    if (entry.isDirectory()) {
      yield { path, kind: 'folder' };
      yield* walk(folder, skips, path);
    } else if (entry.isFile()) yield { path, kind: 'file' };
  }
}

async function openIfThere(path: string) {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
