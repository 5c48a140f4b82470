import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { HandbookFile } from './handbook-document.ts';

/**
 * Every YAML file of a handbook folder except `calendars/`, which the clock reads, and the cards of typical faults; paths
 * with forward slashes.
 */
export async function readHandbookFolder(folder: string): Promise<readonly HandbookFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(yaml|md)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const files: HandbookFile[] = [];
  for (const path of paths) {
    const name = relative(folder, path).split(sep).join('/');
    if (name.endsWith('.md') ? name.startsWith('faults/') : !name.startsWith('calendars/'))
      files.push({ path: name, text: await readFile(path, 'utf8') });
  }
  return files;
}
