import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRefusal } from '#kernel/result.ts';
import type { Database } from '#platform/db/db.ts';
import { checkHandbook } from './check-handbook.ts';
import { editorSchemas } from './handbook-editor-schemas.ts';
import { readHandbookFolder } from './handbook-folder.ts';
import { postManual } from './handbook-manual.ts';
import { handbookStore } from './handbook-store.ts';
import { publishFolder } from './publish-handbook.ts';

export type CliResult = { readonly exitCode: number; readonly out: string; readonly err: string };

const USAGE = `用法：dafuwu handbook check [文件夹]
      dafuwu handbook manual <岗位> [文件夹]
      dafuwu handbook publish <公司代码> [文件夹]
      dafuwu handbook schema [文件夹]
`;

/**
 * `dafuwu handbook …`. Exit codes: 0 fine, 1 the handbook has faults, 2 wrong use. `folder` is the handbook of
 * the program; an argument may name another. Only `publish` opens the database, and closes it again.
 */
export async function runHandbookCli(
  args: readonly string[],
  folder: string,
  open: () => Promise<Database>,
): Promise<CliResult> {
  const [command, first, second] = args;
  if (command === 'check') return check(first ?? folder);
  if (command === 'manual' && first !== undefined) return manual(first, second ?? folder);
  if (command === 'publish' && first !== undefined) return publish(first, second ?? folder, open);
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
  return {
    exitCode: 0,
    out: `手册无误：${processes.length} 个流程，${limits.length} 条时限与数值\n`,
    err: '',
  };
}

async function manual(post: string, folder: string): Promise<CliResult> {
  const { handbook, faults } = checkHandbook(await readHandbookFolder(folder));
  if (handbook === undefined) {
    return { exitCode: 1, out: '', err: `手册有 ${faults.length} 处错误，请先运行 dafuwu handbook check\n` };
  }
  const text = postManual(handbook, post);
  if (text !== undefined) return { exitCode: 0, out: text, err: '' };
  const known = handbook.posts.map((one) => `${one.id} ${one.name.zh}`).join('、');
  return { exitCode: 2, out: '', err: `没有岗位 ${post}。可用：${known}\n` };
}

async function publish(code: string, folder: string, open: () => Promise<Database>): Promise<CliResult> {
  const checked = await check(folder);
  if (checked.exitCode !== 0) return checked;
  const database = await open();
  try {
    return await database.transaction(async (tx) => {
      const company = await handbookStore(tx).findCompany({ code });
      if (company === undefined) return { exitCode: 2, out: '', err: `没有代码为 ${code} 的公司\n` };
      const done = await publishFolder(tx, { companyId: company.company_id, folder, publishedBy: null });
      if (isRefusal(done)) return { exitCode: 1, out: '', err: `未发布：${done.refused}\n` };
      const said = done.changed ? '已发布并生效，此后受理的按新版本' : '与现行版本相同，无变化';
      return { exitCode: 0, out: `${said}(${done.hash.slice(0, 12)})\n`, err: '' };
    });
  } finally {
    await database.close();
  }
}

async function schema(folder: string): Promise<CliResult> {
  await mkdir(join(folder, 'schema'), { recursive: true });
  for (const [name, text] of editorSchemas()) await writeFile(join(folder, 'schema', name), text);
  return { exitCode: 0, out: `已写入 ${join(folder, 'schema')}\n`, err: '' };
}
