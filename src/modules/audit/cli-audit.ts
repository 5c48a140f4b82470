import { existsSync } from 'node:fs';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { readHeads } from './audit-heads.ts';
import { type AuditFault, verifyAudit } from './audit-verify.ts';

const AUDIT_USAGE = `用法：dafuwu audit verify [存放链头的文件夹]
  核对审计链：逐条重算，并与每日导出的链头比对；再核对办件里的文字与事件留下的校验值。
usage: dafuwu audit verify [folder of the exported heads]
  Recomputes the chain entry by entry and holds it against the heads that were exported daily; then holds the texts of
  cases against the hashes that their events kept.
`;

const FAULTS: Readonly<Record<AuditFault['kind'], string>> = {
  altered: '被改动 altered',
  'entry-gone': '记录不见了 entry gone',
  'seal-gone': '封条不连续 seal gone',
  truncated: '末尾被截断 truncated',
  rewritten: '整条链被重写 rewritten',
  unsealed: '未经封存的记录 slipped in unsealed',
};

/** Beside the chain: texts that are not what their events say, by company; of `case`, which stands above this module. */
export type VerifyTexts = (
  database: Database,
  companyId: string,
) => Promise<readonly { readonly textId: string; readonly streamId: string; readonly seq: number }[]>;

/** `dafuwu audit verify`: exit 0 when the record is whole, 1 when it is not, 2 when it could not be read. */
export async function runAuditCli(
  args: readonly string[],
  open: () => Promise<{ readonly database: Database; readonly headFolder: string }>,
  verifyTexts: VerifyTexts,
): Promise<{ readonly exitCode: number; readonly out: string }> {
  if (args[0] !== 'verify' || args.length > 2) return { exitCode: 2, out: AUDIT_USAGE };
  const [, named] = args;
  if (named !== undefined && !existsSync(named))
    return { exitCode: 2, out: `没有这个文件夹：${named}\nThere is no such folder: ${named}\n` };
  const { database, headFolder } = await open();
  try {
    const companies = await database.rows<{ id: string; code: string }>(
      sql`select c.company_id as id, c.code from companies c order by c.code`,
    );
    const lines: string[] = [];
    let whole = true;
    for (const company of companies) {
      const heads = await readHeads(named ?? headFolder, company.code);
      const report = await verifyAudit(database, company.id, heads, Date.now());
      const texts = await verifyTexts(database, company.id);
      whole &&= report.faults.length === 0 && texts.length === 0;
      const { sealed, unsealed } = report;
      lines.push(
        `${company.code}：已封存 sealed ${sealed}，待封存 unsealed ${unsealed}，链头 heads ${report.heads}，问题 faults ${report.faults.length}`,
        ...report.faults.map((one) => `  ${FAULTS[one.kind]}  #${one.seq ?? '-'}  ${one.entryId ?? ''}`),
        ...texts.map((one) => `  文字被改动 text altered  ${one.streamId} #${one.seq}  ${one.textId}`),
      );
    }
    return { exitCode: whole ? 0 : 1, out: `${lines.join('\n')}\n` };
  } finally {
    await database.close();
  }
}
