import { isRefusal, refuse, type Refusal } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { type Database, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { issueCode } from './one-time-codes.ts';
import { endSessions } from './org-actor.ts';
import { dropFactor } from './second-factor.ts';

export type AccountCliResult = { readonly exitCode: number; readonly out: string; readonly err: string };

const USAGE = `用法：dafuwu account reset <公司代码> <账号>     给出一次性口令，本人用它设新密码
      dafuwu account disable <公司代码> <账号>   停用，会话立即结束
      dafuwu account enable <公司代码> <账号>    恢复
      dafuwu account lost-key <公司代码>         密钥文件丢失：所有人的动态验证码作废，须重新绑定
`;
const CODE_HOURS = 24;
const ACTS = ['reset', 'disable', 'enable'] as const;
type Act = (typeof ACTS)[number];

/**
 * `dafuwu account …`: for the accounts that no administrator may touch in the pages, those of the three administrators.
 * Whoever sits at the server's console could write to the database anyway; this way it is in the audit.
 */
export async function runAccountCli(
  args: readonly string[],
  open: () => Promise<Database>,
): Promise<AccountCliResult> {
  const [name, company, login] = args;
  if (name === 'lost-key' && company !== undefined && login === undefined)
    return await inDatabase(open, (tx) => forgetFactors(tx, company), company);
  const act = ACTS.find((one) => one === name);
  if (act === undefined || company === undefined || login === undefined)
    return { exitCode: 2, out: '', err: USAGE };
  return await inDatabase(open, (tx) => change(tx, act, { company, login }), `${company} ${login}`);
}

type Done = { readonly said: string };

async function inDatabase(
  open: () => Promise<Database>,
  work: (tx: Tx) => Promise<Done | Refusal>,
  named: string,
): Promise<AccountCliResult> {
  const database = await open();
  try {
    const done = await transact(database, work);
    if (isRefusal(done)) return { exitCode: 2, out: '', err: `没有 ${named} / there is no ${named}\n` };
    return { exitCode: 0, out: `${done.said}\n`, err: '' };
  } finally {
    await database.close();
  }
}

/** What the lost key sealed can never be read again: everybody sets his second factor up anew. */
async function forgetFactors(tx: Tx, code: string): Promise<Done | Refusal> {
  const company = await tx.maybe<{ companyId: string }>(sql`
    select c.company_id as "companyId" from companies c where c.code = ${code}`);
  if (company === undefined) return refuse('http.not-found');
  const { companyId } = company;
  await tx.run(sql`delete from recovery_codes where recovery_codes.company_id = ${companyId}`);
  const gone = await tx.run(sql`delete from second_factors where second_factors.company_id = ${companyId}`);
  await auditWriter(tx, companyId).write({
    actorId: null,
    action: 'account.console-lost-key',
    outcome: 'done',
    objectType: 'company',
    objectId: companyId,
  });
  return { said: `${gone} 个动态验证码已作废 / second factors are void` };
}

async function change(
  tx: Tx,
  act: Act,
  { company, login }: { readonly company: string; readonly login: string },
): Promise<Done | Refusal> {
  const account = await tx.maybe<{ companyId: string; personId: string }>(sql`
    select a.company_id as "companyId", a.person_id as "personId" from accounts a
    join companies c on c.company_id = a.company_id
    where c.code = ${company} and a.login = ${login} for update of a`);
  if (account === undefined) return refuse('http.not-found');
  const { companyId, personId } = account;
  await auditWriter(tx, companyId).write({
    actorId: null,
    action: `account.console-${act}`,
    outcome: 'done',
    objectType: 'account',
    objectId: personId,
  });
  if (act === 'reset') {
    await dropFactor(tx, { companyId, personId });
    const { code } = await issueCode(tx, {
      companyId,
      personId,
      purpose: 'password-reset',
      hours: CODE_HOURS,
    });
    return {
      said: `${login}  ${code}  （${CODE_HOURS} 小时内在“用一次性口令设密码”页使用 / use within ${CODE_HOURS} h at /code）`,
    };
  }
  const disabledAt = act === 'disable' ? timestamp(tx.now) : null;
  await tx.run(sql`update accounts set disabled_at = ${disabledAt}, failures = 0, locked_until = null
    where accounts.company_id = ${companyId} and accounts.person_id = ${personId}`);
  if (act === 'disable') await endSessions(tx, companyId, personId);
  return { said: `${login}: ${act === 'disable' ? '已停用 / disabled' : '已恢复 / enabled'}` };
}
