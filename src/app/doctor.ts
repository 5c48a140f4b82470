import { join } from 'node:path';
import { lostHeads, readHeads } from '#modules/audit/index.ts';
import { outboxLag } from '#modules/notice/index.ts';
import { lastBackup } from '#platform/backup/backup.ts';
import type { Config } from '#platform/config.ts';
import type { Database } from '#platform/db/db.ts';
import { pendingMigrations } from '#platform/db/migrate.ts';
import { sql } from '#platform/db/sql.ts';
import { StartRefusal } from '#platform/start-refusal.ts';
import { checkServer, reachServer } from './check-server.ts';
import { canConnect, folderState, isOurs, madeAt } from './doctor-probes.ts';

/** `warn`: it works, and somebody should look. `fail`: it does not work, or what it keeps is not safe. */
export type Finding = {
  readonly check: string;
  readonly level: 'ok' | 'warn' | 'fail';
  readonly zh: string;
  readonly en: string;
};

export type Patient = {
  readonly config: Config;
  readonly database: Database;
  /** The Node that package-lock.json pins. */
  readonly wantedNode: string;
  /** The wall clock of this machine. */
  readonly now: () => number;
};

const GIB = 1024 ** 3;
const HOUR = 3_600_000;
/** The database's log alone may take 2 GB (`max_wal_size`). */
const ROOM = { little: 4 * GIB, none: GIB };
/** Tokens and receipts carry both clocks; a second is seen by nobody, a minute by everybody. */
const SKEW = { seen: 1000, wrong: 60_000 };
/** A nightly backup, with two hours to spare; without one for a week there is none. */
const BACKUP = { late: 26 * HOUR, none: 7 * 24 * HOUR };
/** A message that is due waits a quarter of a second; after five minutes nobody sends. */
const LAG_SECONDS = 300;

/** Looks at everything that an installation rests on; changes nothing. What rests on a database waits until there is one. */
export async function examine(patient: Patient): Promise<readonly Finding[]> {
  const outside = [nodeVersion(patient), ...(await Promise.all([dataFolder(patient), address(patient)]))];
  const reached = await asFinding('database', () => reachable(patient));
  if (reached.level === 'fail') return [...outside, reached, ...(await gateways(patient, false))];
  const schema = await asFinding('schema', () => schemaLevel(patient));
  if (schema.level === 'fail') return [...outside, reached, schema, ...(await gateways(patient, false))];
  const { database } = patient;
  const companies = await database.rows<Company>(sql`
    select c.company_id as id, c.code, c.demo, c.handbook_version_id is not null as handbook from companies c`);
  const demo = companies.every((one) => one.demo);
  return [
    ...outside,
    reached,
    await asFinding('settings', () => settings(patient)),
    schema,
    await clockSkew(patient),
    handbook(companies),
    ...(await gateways(patient, demo)),
    await outbox(patient),
    ...(await Promise.all(companies.map((company) => auditHeads(patient, company)))),
    await backupAge(patient, demo),
  ];
}

type Company = {
  readonly id: string;
  readonly code: string;
  readonly demo: boolean;
  readonly handbook: boolean;
};

function nodeVersion({ wantedNode }: Patient): Finding {
  const { node } = process.versions;
  return node === wantedNode
    ? ok('node', `Node ${node}。`, `Node ${node}.`)
    : warn(
        'node',
        `Node 是 ${node}，本程序随带的是 ${wantedNode}；请用 npm start 或 bin/dafuwu 启动。`,
        `Node is ${node}, the program brings ${wantedNode}: start it with npm start or bin/dafuwu.`,
      );
}

async function dataFolder({ config }: Patient): Promise<Finding> {
  const path = config.dataFolder;
  const state = await folderState(path);
  if (state === undefined)
    return fail(
      'data',
      `没有数据目录 ${path}，请先启动一次。`,
      `There is no data folder ${path}: start once.`,
    );
  const free = `${(state.freeBytes / GIB).toFixed(1)} GB`;
  if (!state.writable)
    return fail(
      'data',
      `数据目录 ${path} 不能写，请检查属主和权限。`,
      `The data folder ${path} is not ours to write.`,
    );
  if (state.freeBytes < ROOM.none)
    return fail(
      'data',
      `数据目录所在磁盘只剩 ${free}，请马上清理。`,
      `Only ${free} left on the disk of ${path}: make room.`,
    );
  if (state.openToOthers)
    return warn(
      'data',
      `数据目录 ${path} 别的账户也能读：chmod 700。`,
      `Others may read the data folder ${path}: chmod 700.`,
    );
  return state.freeBytes < ROOM.little
    ? warn(
        'data',
        `数据目录所在磁盘剩 ${free}，快不够了。`,
        `${free} left on the disk of ${path}: soon too little.`,
      )
    : ok('data', `数据目录 ${path}，可写，剩 ${free}。`, `Data folder ${path}, ours, ${free} free.`);
}

async function address({ config: { host, port, tls } }: Patient): Promise<Finding> {
  const asked = /^(0\.0\.0\.0|::)$/.test(host) ? '127.0.0.1' : host;
  const where = `${tls === null ? 'http' : 'https'}://${asked.includes(':') ? `[${asked}]` : asked}:${port}`;
  if (!(await canConnect(asked, port)))
    return warn('port', `${where} 没有程序在运行，端口空着。`, `Nothing runs at ${where}; the port is free.`);
  return (await isOurs(where))
    ? ok('port', `程序在 ${where} 应答。`, `The program answers at ${where}.`)
    : fail(
        'port',
        `${where} 被别的程序占用，请换 PORT。`,
        `Another program is at ${where}: choose another PORT.`,
      );
}

async function reachable({ config, database }: Patient): Promise<Finding> {
  await reachServer(database, config);
  const { version } = await database.one<{ version: string }>(
    sql`select current_setting('server_version') as version`,
  );
  return ok(
    'database',
    `数据库应答，PostgreSQL ${version}。`,
    `The database answers, PostgreSQL ${version}.`,
  );
}

async function settings({ database }: Patient): Promise<Finding> {
  await checkServer(database);
  return ok(
    'settings',
    '数据库的版本、字符和落盘设置正确。',
    'Its version, character type and durability are right.',
  );
}

async function schemaLevel({ database }: Patient): Promise<Finding> {
  const pending = await pendingMigrations(database);
  return pending === 0
    ? ok('schema', '数据库结构与程序一致。', 'The schema is at the program’s level.')
    : warn(
        'schema',
        `数据库结构落后 ${pending} 步，下次启动会补上；请先备份。`,
        `The schema is ${pending} steps behind; the next start brings it forward. Back up first.`,
      );
}

async function clockSkew({ database, now }: Patient): Promise<Finding> {
  const before = now();
  const there = await database.one<{ at: number }>(sql`select clock_timestamp() as at`);
  const skew = Math.abs(there.at - (before + now()) / 2);
  const seconds = (skew / 1000).toFixed(1);
  const [zh, en] = [
    `程序与数据库的时钟相差 ${seconds} 秒`,
    `The clocks of program and database differ by ${seconds} s`,
  ];
  if (skew > SKEW.wrong) return fail('clock', `${zh}，请校时（NTP）。`, `${en}: set them (NTP).`);
  return skew > SKEW.seen
    ? warn('clock', `${zh}，请校时（NTP）。`, `${en}: set them (NTP).`)
    : ok('clock', `${zh}。`, `${en}.`);
}

function handbook(companies: readonly Company[]): Finding {
  const without = companies.filter((one) => !one.handbook).map((one) => one.code);
  if (companies.length === 0)
    return warn('handbook', '数据库里还没有公司，请先启动一次。', 'There is no company yet: start once.');
  return without.length === 0
    ? ok('handbook', '业务手册已发布。', 'A handbook is in force.')
    : fail(
        'handbook',
        `业务手册还没有发布，不能受理：bin/dafuwu handbook publish ${without[0]}。`,
        `No handbook is in force, so nothing can be taken in: bin/dafuwu handbook publish ${without[0]}.`,
      );
}

async function gateways({ config }: Patient, demo: boolean): Promise<readonly Finding[]> {
  return await Promise.all([
    gateway('sms', '短信', 'SMS', config.sms?.url, 80, demo),
    gateway('mail', '邮件', 'mail', config.mail?.url, 587, demo),
  ]);
}

async function gateway(
  check: 'sms' | 'mail',
  zh: string,
  en: string,
  url: string | undefined,
  usualPort: number,
  demo: boolean,
): Promise<Finding> {
  if (url === undefined)
    return demo
      ? ok(check, `${zh}通道未设：演示公司不外发。`, `No ${en} gateway: a demonstration sends nothing.`)
      : warn(check, `${zh}通道未设，消息会一直排队。`, `No ${en} gateway: messages wait in the queue.`);
  const { hostname, port, protocol } = new URL(url.replaceAll(/[{}]/g, ''));
  const at = port === '' ? ({ 'https:': 443, 'smtps:': 465 }[protocol] ?? usualPort) : Number(port);
  return (await canConnect(hostname, at))
    ? ok(check, `${zh}通道 ${hostname}:${at} 可达。`, `The ${en} gateway ${hostname}:${at} is reached.`)
    : fail(
        check,
        `${zh}通道 ${hostname}:${at} 连不上。`,
        `The ${en} gateway ${hostname}:${at} is not reached.`,
      );
}

async function outbox({ database }: Patient): Promise<Finding> {
  const { seconds } = await outboxLag(database);
  return seconds < LAG_SECONDS
    ? ok('outbox', '待发消息没有积压。', 'No message is overdue.')
    : warn(
        'outbox',
        `有消息已等了 ${Math.round(seconds / 60)} 分钟没有发出；程序在运行吗？通道通吗？`,
        `A message has waited ${Math.round(seconds / 60)} minutes: does the program run, is the gateway up?`,
      );
}

async function auditHeads({ config, database, now }: Patient, company: Company): Promise<Finding> {
  const heads = await readHeads(join(config.dataFolder, 'audit-heads'), company.code);
  const lost = await lostHeads(database, company.id, heads);
  const newest = heads.at(-1);
  if (lost.length > 0)
    return fail(
      'audit',
      `审计链与 ${lost[0]?.day} 导出的链头不符：记录被截断或改写过。请留存现场，运行 bin/dafuwu audit verify。`,
      `The audit does not hold the head exported on ${lost[0]?.day}: it was cut or rewritten. Keep everything as it is and run bin/dafuwu audit verify.`,
    );
  if (newest === undefined)
    return warn('audit', '还没有导出过审计链头。', 'No head of the audit was exported yet.');
  const days = Math.floor((now() - Date.parse(`${newest.day}T00:00:00+08:00`)) / (24 * HOUR));
  return days > 1 && !company.demo
    ? warn('audit', `最近的审计链头是 ${days} 天前的。`, `The newest head of the audit is ${days} days old.`)
    : ok('audit', `${heads.length} 个审计链头都对得上。`, `All ${heads.length} heads of the audit are held.`);
}

async function backupAge({ config, now }: Patient, demo: boolean): Promise<Finding> {
  if (config.databaseUrl !== null)
    return ok(
      'backup',
      '自备数据库：备份由您的数据库管理员负责。',
      'A server of your own: its backup is yours.',
    );
  const last = await lastBackup(config.dataFolder);
  const age = now() - (last?.at ?? (await madeAt(join(config.dataFolder, 'postgres', 'PG_VERSION'))));
  if (last !== undefined && age < BACKUP.late)
    return ok('backup', `上次备份在 ${hours(age)} 小时前。`, `Backed up ${hours(age)} hours ago.`);
  if (demo) return ok('backup', '演示公司不必备份。', 'A demonstration needs no backup.');
  const [zh, en] =
    last === undefined
      ? ['从来没有备份过：bin/dafuwu backup 目录。', 'Never backed up: bin/dafuwu backup FOLDER.']
      : [`上次备份已是 ${hours(age)} 小时前。`, `The last backup is ${hours(age)} hours old.`];
  return age > BACKUP.none ? fail('backup', zh, en) : warn('backup', zh, en);
}

function hours(milliseconds: number): number {
  return Math.floor(milliseconds / HOUR);
}

/** What refuses a start is said in the same sentence here. */
async function asFinding(check: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof StartRefusal) return fail(check, error.zh, error.en);
    throw error;
  }
}

function ok(check: string, zh: string, en: string): Finding {
  return { check, level: 'ok', zh, en };
}

function warn(check: string, zh: string, en: string): Finding {
  return { check, level: 'warn', zh, en };
}

function fail(check: string, zh: string, en: string): Finding {
  return { check, level: 'fail', zh, en };
}
