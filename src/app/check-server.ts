import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { StartRefusal } from '#platform/start-refusal.ts';

/** What we promise rests on these settings; `fsync` off would be found only by a power cut (reliability §0.5). */
const MUST_BE_ON = ['fsync', 'synchronous_commit', 'full_page_writes'];
const OLDEST = 150_000;

/** Where a database is: at an address, or in a data folder. */
type Where = { readonly databaseUrl: string | null; readonly dataFolder: string };

/** Asks once whether the server answers; what is wrong is said with the address, never with its password. */
export async function reachServer(database: Database, { databaseUrl, dataFolder }: Where): Promise<void> {
  try {
    await database.now();
  } catch (error) {
    const why = error instanceof Error && error.message !== '' ? error.message : codeOf(error);
    const url = withoutPassword(databaseUrl ?? '');
    throw databaseUrl === null
      ? new StartRefusal(
          `${dataFolder} 的内置数据库没有应答：${why}。它随程序启动，请先 npm start。`,
          `The embedded database of ${dataFolder} does not answer: ${why}. It starts with the program: npm start.`,
          { cause: error },
        )
      : new StartRefusal(
          `连不上数据库 ${url}：${why}。请检查 DATABASE_URL、服务器是否已启动、库与账户是否存在。`,
          `Cannot reach the database ${url}: ${why}. Check DATABASE_URL, that the server runs, that database and user exist.`,
          { cause: error },
        );
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:/@]*):[^@]*@/, '$1:***@');
}

/** Refuses a server that is too old, forgets acknowledged writes, or does not understand Chinese. */
export async function checkServer(database: Database): Promise<void> {
  const server = await database.one<{ version: number; ctype: string }>(sql`
    select current_setting('server_version_num')::integer as version, d.datctype as ctype
    from pg_database d where d.datname = current_database()`);
  if (server.version < OLDEST)
    throw new StartRefusal(
      `数据库服务器版本太旧（${server.version}），需要 PostgreSQL 15 或更新版本。`,
      `The database server is too old (${server.version}): PostgreSQL 15 or later is needed.`,
    );
  if (/^(C|POSIX)$/.test(server.ctype))
    throw new StartRefusal(
      `数据库的字符分类是 ${server.ctype}，不识别中文；请用 --locale=C.UTF-8 重新建库。`,
      `The database's character type is ${server.ctype}, blind to Chinese: create it with --locale=C.UTF-8.`,
    );
  const off = await database.rows<{ name: string }>(sql`
    select s.name from pg_settings s where s.name = any(${MUST_BE_ON}::text[]) and s.setting = 'off'`);
  if (off.length > 0)
    throw new StartRefusal(
      `数据库关闭了 ${off.map((one) => one.name).join('、')}，断电会丢失已确认的数据；请打开后再启动。`,
      `The database has ${off.map((one) => one.name).join(', ')} off and would lose acknowledged writes: turn it on.`,
    );
}
