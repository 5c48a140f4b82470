import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Instant } from '#kernel/instant.ts';
import { readSmsSettings, type SmsSettings } from './sms/sms-config.ts';
import { StartRefusal } from './start-refusal.ts';
import { parseKey } from './vault.ts';

export type ScaledClock = { readonly factor: number; readonly base: Instant };

/** A routing server of one's own, which knows the roads. */
export type RoutingServer = { readonly kind: 'osrm' | 'valhalla'; readonly url: string };

export type Config = {
  readonly port: number;
  readonly host: string;
  /** The one folder in which everything lives. */
  readonly dataFolder: string;
  /** Another PostgreSQL server instead of the embedded one. */
  readonly databaseUrl: string | null;
  /** Only a demo company runs on a scaled clock. */
  readonly clock: ScaledClock | null;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** Address of the reverse proxy whose X-Forwarded-* are believed. */
  readonly trustedProxy: string | null;
  /** `DAFUWU_SMS` names a file that describes the gateway; `DAFUWU_MAIL` is an smtp:// address. */
  readonly sms: SmsSettings | null;
  readonly mail: { readonly url: string; readonly from: string } | null;
  /** Where customers reach us, for the links in messages; null: the address that we listen on. */
  readonly publicUrl: string | null;
  /** Asked for ways of crews; null: they are estimated. */
  readonly routing: RoutingServer | null;
  /** A file, or `-` for standard error. */
  readonly log: string;
  readonly metricsKey: string | null;
  /** Seals secrets in the database; null: the key file in the data folder. */
  readonly key: Buffer | null;
};

/** Reads the environment once, for entry points only. Throws `StartRefusal` naming the variable that is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, checkout: string): Config {
  const cert = env['DAFUWU_TLS_CERT'];
  const key = env['DAFUWU_TLS_KEY'];
  if ((cert === undefined) !== (key === undefined))
    throw new StartRefusal(
      'DAFUWU_TLS_CERT 与 DAFUWU_TLS_KEY 必须同时设置。',
      'DAFUWU_TLS_CERT and DAFUWU_TLS_KEY must be set together.',
    );
  const dataFolder = resolve(env['DAFUWU_DATA'] ?? join(checkout, '.dafuwu'));
  return {
    port: readPort(env['PORT']),
    host: env['HOST'] ?? '127.0.0.1',
    dataFolder,
    databaseUrl: env['DATABASE_URL'] ?? null,
    clock: readClock(env['DAFUWU_CLOCK']),
    tls:
      cert === undefined || key === undefined
        ? null
        : { cert: readText('DAFUWU_TLS_CERT', cert), key: readText('DAFUWU_TLS_KEY', key) },
    trustedProxy: env['DAFUWU_TRUSTED_PROXY'] ?? null,
    sms: readSmsSettings(env['DAFUWU_SMS']),
    mail: readMail(env['DAFUWU_MAIL'], env['DAFUWU_MAIL_FROM']),
    publicUrl: readPublicUrl(env['DAFUWU_PUBLIC_URL']),
    routing: readRouting(env['DAFUWU_ROUTING']),
    log: readLog(env['DAFUWU_LOG'], dataFolder),
    metricsKey: env['DAFUWU_METRICS_KEY'] ?? null,
    key: readKey(env['DAFUWU_KEY']),
  };
}

function readKey(text: string | undefined): Buffer | null {
  if (text === undefined) return null;
  const key = parseKey(text);
  if (key !== undefined) return key;
  throw new StartRefusal(
    'DAFUWU_KEY 应为 32 字节的 base64（openssl rand -base64 32）。',
    'DAFUWU_KEY must be 32 bytes in base64 (openssl rand -base64 32).',
  );
}

function readLog(text: string | undefined, dataFolder: string): string {
  if (text === '-') return text;
  return text === undefined ? join(dataFolder, 'log', 'dafuwu.log') : resolve(text);
}

function readMail(url: string | undefined, from: string | undefined): Config['mail'] {
  if (url === undefined) return null;
  if (!/^smtps?:\/\//.test(url) || from === undefined || !from.includes('@'))
    throw new StartRefusal(
      'DAFUWU_MAIL 应写成 smtp://用户:密码@主机:端口，并用 DAFUWU_MAIL_FROM 写明发件地址。',
      'DAFUWU_MAIL must look like smtp://user:password@host:port, with the sender in DAFUWU_MAIL_FROM.',
    );
  return { url, from };
}

function readPublicUrl(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!/^https?:\/\/[^/]+$/.test(text))
    throw new StartRefusal(
      `DAFUWU_PUBLIC_URL 应写成 https://fw.example.cn，现为“${text}”。`,
      `DAFUWU_PUBLIC_URL must look like https://fw.example.cn, not "${text}".`,
    );
  return text;
}

function readRouting(text: string | undefined): RoutingServer | null {
  if (text === undefined) return null;
  const [, kind, url] = /^(osrm|valhalla):(https?:\/\/[^/?#\s]+(?:\/[^?#\s]*[^/?#\s])?)$/.exec(text) ?? [];
  if ((kind !== 'osrm' && kind !== 'valhalla') || url === undefined)
    throw new StartRefusal(
      `DAFUWU_ROUTING 应写成 osrm:http://127.0.0.1:5000 或 valhalla:http://127.0.0.1:8002，现为“${text}”。`,
      `DAFUWU_ROUTING must look like osrm:http://127.0.0.1:5000 or valhalla:http://127.0.0.1:8002, not "${text}".`,
    );
  return { kind, url };
}

function readPort(text: string | undefined): number {
  if (text === undefined) return 8080;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new StartRefusal(
      `PORT 应为 0 到 65535 的整数，现为“${text}”。`,
      `PORT must be an integer from 0 to 65535, not "${text}".`,
    );
  return port;
}

function readClock(text: string | undefined): ScaledClock | null {
  if (text === undefined) return null;
  const [, factor, instant] = /^scale:(\d+(?:\.\d+)?)@(.+)$/.exec(text) ?? [];
  const base = Date.parse(instant ?? '');
  if (Number.isNaN(base) || Number(factor) <= 0)
    throw new StartRefusal(
      `DAFUWU_CLOCK 应写成 scale:60@2026-11-23T08:00:00+08:00，现为“${text}”。`,
      `DAFUWU_CLOCK must look like scale:60@2026-11-23T08:00:00+08:00, not "${text}".`,
    );
  return { factor: Number(factor), base };
}

function readText(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new StartRefusal(`${name}:读不到文件 ${path}。`, `${name}: cannot read ${path}.`, { cause: error });
  }
}
