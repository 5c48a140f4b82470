import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { StartRefusal } from '../start-refusal.ts';
import { readSmsSettings } from './sms-config.ts';
import { httpSms, type SmsConfig } from './sms-gateway.ts';

const message = { id: 'id-1', phone: '15512340001', text: '您的诉求 "1" 已办结\n& 请评价' };

async function ask(
  config: Partial<SmsConfig>,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
) {
  const got: { url: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      got.push({ url: request.url ?? '', body });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const outcome = await httpSms({
    method: 'POST',
    headers: {},
    body: null,
    success: { status: [200] },
    timeoutMs: 300,
    ...config,
    url: `${base}${config.url ?? '/'}`,
  }).send(message);
  server.closeAllConnections();
  server.close();
  return { outcome, got };
}

const ok = (_: IncomingMessage, response: ServerResponse) => void response.end('{"code":0,"id":77}');

test('the same port speaks JSON, form and query: each encoded as it must be', async () => {
  const json = await ask(
    { headers: { 'content-type': 'application/json' }, body: '{"to":"{phone}","text":"{text}"}' },
    ok,
  );
  assert.deepEqual(JSON.parse(json.got[0]?.body ?? ''), { to: message.phone, text: message.text });
  const form = await ask(
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'to={phone}&text={text}' },
    ok,
  );
  assert.equal(new URLSearchParams(form.got[0]?.body).get('text'), message.text);
  const query = await ask({ method: 'GET', url: '/send?to={phone}&text={text}&key={id}' }, ok);
  assert.equal(new URL(`http://x${query.got[0]?.url}`).searchParams.get('text'), message.text);
  assert.deepEqual(query.outcome, { kind: 'sent', gatewayId: null });
});

test('outcomes: sent, refused, not now, perhaps', async () => {
  const config: Partial<SmsConfig> = {
    success: { status: [200], field: 'code', equals: '0' },
    idField: 'id',
  };
  assert.deepEqual((await ask(config, ok)).outcome, { kind: 'sent', gatewayId: '77' });
  const refused = await ask(config, (_, response) => response.end('{"code":"BLACKLIST"}'));
  assert.deepEqual(refused.outcome, { kind: 'rejected', code: 'gateway.answer.BLACKLIST' });
  const quoting = await ask(config, (_, response) => response.end('{"code":"bad number 15512340001"}'));
  assert.deepEqual(quoting.outcome, { kind: 'rejected', code: 'gateway.answer.other' });
  const busy = await ask(config, (_, response) => response.writeHead(429).end());
  assert.deepEqual(busy.outcome, { kind: 'failed', code: 'gateway.429' });
  const broken = await ask(config, (_, response) => response.writeHead(502).end());
  assert.deepEqual(broken.outcome, { kind: 'unknown', code: 'gateway.502' });
  const silent = await ask(config, () => undefined);
  assert.deepEqual(silent.outcome, { kind: 'unknown', code: 'gateway.timeout' });
  const hungUp = await ask(config, (request) => request.socket.destroy());
  assert.deepEqual(hungUp.outcome, { kind: 'unknown', code: 'gateway.broken-off' });
  const elsewhere = await ask(config, (_, response) =>
    response.writeHead(302, { location: 'http://other' }).end(),
  );
  assert.notEqual(elsewhere.outcome.kind, 'sent', 'a redirection is not followed with the number in it');
  const { port } = await freePort();
  const nobody = await httpSms({
    url: `http://127.0.0.1:${port}/`,
    method: 'GET',
    headers: {},
    body: null,
    success: { status: [200] },
    timeoutMs: 300,
  }).send(message);
  assert.deepEqual(nobody, { kind: 'failed', code: 'gateway.unreachable' });
});

/** A port at which nobody listens any more. */
async function freePort(): Promise<AddressInfo> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return address;
}

test('settings: a faulty file ends the start in one sentence that names what is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dafuwu-sms-'));
  const settings = (content: object | string) => {
    const path = join(folder, 'sms.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return () => readSmsSettings(path);
  };
  const good = { url: 'https://sms.example.cn/send', body: '{"to":"{phone}","text":"{text}","id":"{id}"}' };
  assert.equal(settings(good)()?.method, 'POST');
  for (const [wrong, named] of [
    [{ ...good, url: 'sms.example.cn' }, 'url'],
    [{ ...good, body: '{}' }, '{phone}'],
    [{ ...good, inboundSecret: 'short' }, 'inboundSecret'],
    [{ ...good, success: { field: 'code' } }, 'success.field'],
    ['not json', 'cannot read'],
  ] as const)
    assert.throws(settings(wrong), (error) => error instanceof StartRefusal && error.en.includes(named));
  assert.equal(readSmsSettings(undefined), null);
});
