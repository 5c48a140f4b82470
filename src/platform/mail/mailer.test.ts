import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { type Mail, smtpMailer } from './mailer.ts';

// Against a mail server on this machine that speaks just enough SMTP (RFC 5321).

type Got = { readonly lines: string[]; readonly data: string[] };

/** `answerTo` may change the answer to a command; undefined: as a friendly server; null: silence. */
async function mailServer(answerTo: (command: string) => string | null | undefined = () => undefined) {
  const got: Got = { lines: [], data: [] };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let inData = false;
    let pending = '';
    socket.on('error', () => undefined);
    socket.write('220 here\r\n');
    socket.on('data', (chunk) => {
      pending += chunk.toString();
      const lines = pending.split('\r\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        if (inData) {
          if (line === '.') {
            inData = false;
            socket.write('250 kept\r\n');
          } else got.data.push(line);
          continue;
        }
        got.lines.push(line);
        const answer = answerTo(line);
        if (answer === null) continue;
        if (line === 'DATA' && answer === undefined) inData = true;
        socket.write(
          `${answer ?? (line === 'DATA' ? '354 go on' : line === 'QUIT' ? '221 bye' : '250 ok')}\r\n`,
        );
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    got,
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const mail: Mail = {
  id: '019ac000-0000-7000-8000-000000000001',
  address: 'officer@example.cn',
  subject: '督办',
  text: '请今天答复。',
};

test('a mail goes out with our id, without a return address, and says that a program wrote it', async () => {
  const server = await mailServer();
  const outcome = await smtpMailer(server.url, '大服务 <fw@example.cn>').send(mail);
  server.close();
  assert.equal(outcome.kind, 'sent');
  assert.ok(
    server.got.lines.includes('MAIL FROM:<>') ||
      server.got.lines.some((line) => line.startsWith('MAIL FROM:<> ')),
  );
  assert.ok(server.got.lines.includes('RCPT TO:<officer@example.cn>'));
  const head = server.got.data.join('\n');
  assert.match(head, /^Message-ID: <019ac000-0000-7000-8000-000000000001@dafuwu>$/im);
  assert.match(head, /^Auto-Submitted: auto-generated$/im);
});

test('a server that refuses the receiver for good, one that is busy, one that hangs up: told apart', async () => {
  const answers: readonly (readonly [string, 'rejected' | 'failed'])[] = [
    ['550 no such person', 'rejected'],
    ['451 try later', 'failed'],
  ];
  for (const [answer, kind] of answers) {
    const server = await mailServer((line) => (line.startsWith('RCPT') ? answer : undefined));
    const outcome = await smtpMailer(server.url, 'fw@example.cn').send(mail);
    server.close();
    assert.deepEqual(outcome, { kind, code: `smtp.${answer.slice(0, 3)}` });
  }
  const gone = await mailServer();
  gone.close();
  const outcome = await smtpMailer(gone.url, 'fw@example.cn').send(mail);
  assert.equal(outcome.kind, 'unknown');
});

test('neither an address nor a subject can add receivers or headers', async () => {
  const server = await mailServer();
  const mailer = smtpMailer(server.url, 'fw@example.cn');
  for (const address of [
    'a@example.cn\r\nRCPT TO:<victim@example.cn>',
    'a@example.cn, b@example.cn',
    'A <a@b.cn>',
  ])
    assert.deepEqual(await mailer.send({ ...mail, address }), { kind: 'rejected', code: 'mail.bad-address' });
  assert.equal(server.got.lines.length, 0);
  await mailer.send({ ...mail, subject: 'x\r\nBcc: victim@example.cn' });
  server.close();
  assert.equal(
    server.got.data.some((line) => /^bcc:/i.test(line)),
    false,
  );
});
