import { readFileSync } from 'node:fs';
import { StartRefusal } from '../start-refusal.ts';
import type { SmsConfig } from './sms-gateway.ts';

/** The gateway as a JSON file describes it (`DAFUWU_SMS`), with the secret that its replies come with. */
export type SmsSettings = SmsConfig & { readonly inboundSecret: string | null };

const TIMEOUT_MS = 10_000;

/** Reads the file named by `DAFUWU_SMS`. Throws `StartRefusal` naming what is wrong with it. */
export function readSmsSettings(path: string | undefined): SmsSettings | null {
  if (path === undefined) return null;
  const given = objectIn(path);
  const {
    url,
    method = 'POST',
    headers = {},
    body = null,
    success = {},
    idField,
    timeoutMs = TIMEOUT_MS,
  } = given;
  const { inboundSecret = null } = given;
  if (typeof url !== 'string' || !/^https?:\/\//.test(url)) throw faulty(path, 'url');
  if (method !== 'GET' && method !== 'POST' && method !== 'PUT') throw faulty(path, 'method');
  if (body !== null && typeof body !== 'string') throw faulty(path, 'body');
  if (!isTexts(headers)) throw faulty(path, 'headers');
  if (typeof timeoutMs !== 'number' || timeoutMs < 100 || timeoutMs > 60_000) throw faulty(path, 'timeoutMs');
  if (idField !== undefined && typeof idField !== 'string') throw faulty(path, 'idField');
  if (inboundSecret !== null && (typeof inboundSecret !== 'string' || inboundSecret.length < 20))
    throw faulty(path, 'inboundSecret');
  if (![url, body ?? ''].some((part) => part.includes('{phone}'))) throw faulty(path, '{phone}');
  return {
    url,
    method,
    headers,
    body,
    success: successOf(path, success),
    timeoutMs,
    inboundSecret,
    ...(idField === undefined ? {} : { idField }),
  };
}

function successOf(path: string, value: unknown): SmsConfig['success'] {
  if (typeof value !== 'object' || value === null) throw faulty(path, 'success');
  const { status = [200], field, equals } = value as Record<string, unknown>;
  if (!Array.isArray(status) || !status.every((one) => typeof one === 'number'))
    throw faulty(path, 'success.status');
  if (field === undefined) return { status };
  if (typeof field !== 'string' || typeof equals !== 'string') throw faulty(path, 'success.field');
  return { status, field, equals };
}

function objectIn(path: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new StartRefusal(
      `DAFUWU_SMS:读不懂短信通道设置 ${path}。`,
      `DAFUWU_SMS: cannot read the gateway settings in ${path}.`,
      { cause: error },
    );
  }
}

function isTexts(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => typeof one === 'string')
  );
}

function faulty(path: string, what: string): StartRefusal {
  return new StartRefusal(
    `DAFUWU_SMS:${path} 里的 ${what} 不对。`,
    `DAFUWU_SMS: ${what} in ${path} is missing or wrong.`,
  );
}
