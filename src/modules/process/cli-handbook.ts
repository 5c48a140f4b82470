import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkHandbook } from './check-handbook.ts';
import { editorSchemas } from './handbook-editor-schemas.ts';
import { readHandbookFolder } from './handbook-folder.ts';
import { postManual } from './handbook-manual.ts';

export type CliResult = { readonly exitCode: number; readonly out: string; readonly err: string };

const USAGE = `用法:dafuwu handbook check [文件夹]
      dafuwu handbook manual <岗位> [文件夹]
      dafuwu handbook schema [文件夹]
`;

/**
 * `dafuwu handbook …` without a database. Exit codes: 0 fine, 1 the handbook has faults, 2 wrong use.
 * `folder` is the handbook of the program; an argument may name another.
 */
export async function runHandbookCli(args: readonly string[], folder: string): Promise<CliResult> {
  const [command, first, second] = args;
  if (command === 'check') return check(first ?? folder);
  if (command === 'manual' && first !== undefined) return manual(first, second ?? folder);
  if (command === 'schema') return schema(first ?? folder);
  return { exitCode: 2, out: '', err: USAGE };
}

async function check(folder: string): Promise<CliResult> {
  const { faults, handbook } = checkHandbook(await readHandbookFolder(folder));
  if (handbook === undefined) {
    const lines = faults.map((one) => `${one.file}:${one.line}:${one.column} ${one.message}`);
    return { exitCode: 1, out: `${lines.join('\n')}\n`, err: `手册有 ${faults.length} 处错误\n` };
  }
  const { processes, limits } = handbook;
  return { exitCode: 0, out: `手册无误:${processes.length} 个流程,${limits.length} 条时限与数值\n`, err: '' };
}

async function manual(post: string, folder: string): Promise<CliResult> {
  const { handbook, faults } = checkHandbook(await readHandbookFolder(folder));
  if (handbook === undefined) {
    return { exitCode: 1, out: '', err: `手册有 ${faults.length} 处错误,请先运行 dafuwu handbook check\n` };
  }
  const text = postManual(handbook, post);
  if (text !== undefined) return { exitCode: 0, out: text, err: '' };
  const known = handbook.posts.map((one) => `${one.id} ${one.name.zh}`).join('、');
  return { exitCode: 2, out: '', err: `没有岗位 ${post}。可用:${known}\n` };
}

async function schema(folder: string): Promise<CliResult> {
  await mkdir(join(folder, 'schema'), { recursive: true });
  for (const [name, text] of editorSchemas()) await writeFile(join(folder, 'schema', name), text);
  return { exitCode: 0, out: `已写入 ${join(folder, 'schema')}\n`, err: '' };
}
