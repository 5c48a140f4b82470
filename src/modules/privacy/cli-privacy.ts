import type { Database } from '#platform/db/db.ts';
import { type BlankDeps, blankOld, countOld } from './blank-rows.ts';

const USAGE = `用法：dafuwu privacy due     到期该清除的个人信息，按表计数，不改动任何数据
      dafuwu privacy blank   立即清除（程序自己每天做一次）
usage: dafuwu privacy due|blank
  Counts, or blanks, the personal data whose time is over, table by table; one JSON line a table.
`;

/** `dafuwu privacy …`: exit 0; 2 when asked for something else. */
export async function runPrivacyCli(
  args: readonly string[],
  open: () => Promise<Database>,
  depsOf: (database: Database) => BlankDeps,
): Promise<{ readonly exitCode: number; readonly out: string }> {
  const [what] = args;
  if ((what !== 'due' && what !== 'blank') || args.length > 1) return { exitCode: 2, out: USAGE };
  const database = await open();
  try {
    const counted = await (what === 'due' ? countOld : blankOld)(depsOf(database));
    const lines = [...counted].map(([table, rows]) => JSON.stringify({ table, rows }));
    return { exitCode: 0, out: `${lines.join('\n')}\n` };
  } finally {
    await database.close();
  }
}
