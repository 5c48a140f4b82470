import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { buildApp } from '#app/build-app.ts';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';

// Uploads at the door: what is refused, what is stored, and who may read it.

const ROOT = join(import.meta.dirname, '..', '..', '..');
const PICTURE = readFileSync(join(ROOT, 'docs', 'pictures', 'case.png'));
const PASSWORD = 'Gongdian-2026-ceshi';
const county = await smallCounty();
const { database, companyId } = county;
await database.run(sql`update accounts set password_hash = ${await hashPassword(PASSWORD)}`);
const app = await buildApp(
  {
    database,
    handbook: handbookLibrary(),
    days: readWorkingDays(join(ROOT, 'handbook', 'calendars', 'holiday-cn.json')),
    clockScale: 1,
    secure: false,
    postName: (name) => ({ zh: name, en: name }),
  },
  { webFolder: null, tls: null, trustedProxy: null, logError: (error) => assert.fail(String(error)) },
);
test.after(() => app.close());
const clerk = await county.actor('clerk');
const cookies = new Map<string, string>();

async function cookieOf(login: string): Promise<string> {
  const known = cookies.get(login);
  if (known !== undefined) return known;
  const answer = await app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'x-dafuwu-csrf': '1' },
    payload: { login, password: PASSWORD },
  });
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  cookies.set(login, cookie);
  return cookie;
}

async function aCase(given: Parameters<typeof anIntake>[0] = {}): Promise<string> {
  const accepted = await county.must((tx) =>
    acceptCase(tx, county.deps, clerk, anIntake({ contactPhone: '15512340077', ...given })),
  );
  return accepted.caseId;
}

const BOUNDARY = 'x-boundary-x';

function body(name: string, bytes: Buffer, parts = 1): Buffer {
  const part = Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n`),
    Buffer.from('content-type: text/html\r\n\r\n'),
    bytes,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...Array.from({ length: parts }, () => part), Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

async function send(login: string, caseId: string, payload: Buffer) {
  return await app.inject({
    method: 'POST',
    url: `/api/cases/${caseId}/files`,
    headers: {
      'x-dafuwu-csrf': '1',
      cookie: await cookieOf(login),
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    },
    payload,
  });
}

const look = async (login: string, url: string) =>
  await app.inject({ url, headers: { cookie: await cookieOf(login) } });

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** A small true picture of its own content. */
function picture(seed: number): Buffer {
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from([0, seed % 256]))),
    chunk('pHYs', Buffer.from([0, 0, 0, seed % 256, 0, 0, 0, 1, 1])),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const filesOf = async (caseId: string) => (await look('clerk', `/api/cases/${caseId}/files`)).json();

test('a picture is stored once, opens as an attachment that no browser runs, and its reading is in the audit', async () => {
  const id = await aCase();
  const first = await send('clerk', id, body('表箱.exe', PICTURE));
  assert.deepEqual([first.statusCode, first.json().already], [200, false]);
  const again = await send('clerk', id, body('又一张.png', PICTURE));
  assert.deepEqual([again.json().id, again.json().already], [first.json().id, true]);
  const { files, room } = await filesOf(id);
  assert.deepEqual([files.length, files[0].name, files[0].kind, room], [1, '表箱.png', 'png', 39]);

  const opened = await look('clerk', `/api/cases/${id}/files/${files[0].id}`);
  assert.equal(opened.statusCode, 200);
  assert.equal(opened.headers['content-type'], 'image/png');
  assert.match(String(opened.headers['content-disposition']), /^attachment; .*%E8%A1%A8%E7%AE%B1\.png$/);
  assert.equal(opened.headers['content-security-policy'], "default-src 'none'; sandbox");
  assert.equal(opened.headers['x-content-type-options'], 'nosniff');
  assert.equal(opened.headers['cache-control'], 'no-store');
  assert.equal(opened.rawPayload.subarray(1, 4).toString(), 'PNG');
  const audited = await database.rows(sql`
    select a.id from audit_entries a where a.action = 'file.read' and a.object_id = ${id}
      and a.actor_id = ${clerk.personId}`);
  assert.equal(audited.length, 1);
});

test('bad uploads: each a clear refusal, nothing stored, never a 5xx', async () => {
  const id = await aCase();
  const html = Buffer.from('<html><script>alert(1)</script></html>');
  const cases: readonly (readonly [Buffer, number, string])[] = [
    [body('a.jpg', html), 422, 'file.unknown-kind'],
    [body('a.svg', Buffer.from('<svg onload="alert(1)"/>')), 422, 'file.unknown-kind'],
    [body('a.jpg', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), html])), 422, 'file.damaged'],
    [body('a.png', PICTURE.subarray(0, 5000)), 422, 'file.damaged'],
    [body('a.png', Buffer.alloc(0)), 422, 'file.empty'],
    [body('a.png', Buffer.alloc(11 * 1024 * 1024, 1)), 413, 'file.too-large'],
    [Buffer.from('--nothing'), 422, 'file.missing'],
    [body('a.png', PICTURE).subarray(0, 3000), 422, 'file.missing'],
  ];
  for (const [payload, status, code] of cases) {
    const answer = await send('clerk', id, payload);
    assert.deepEqual([answer.statusCode, answer.json().error.code], [status, code]);
  }
  const json = await app.inject({
    method: 'POST',
    url: `/api/cases/${id}/files`,
    headers: { 'x-dafuwu-csrf': '1', cookie: await cookieOf('clerk') },
    payload: { file: 'x' },
  });
  assert.equal(json.json().error.code, 'file.missing');
  assert.equal((await filesOf(id)).files.length, 0);
});

test('names with folders, line breaks, NUL and turned writing are labels only', async () => {
  const id = await aCase();
  const names = ['../../etc/passwd', '..\\\\..\\\\boot.ini', 'a\0b', 'x\u202Egpj.exe', 'CON'];
  for (const [i, name] of names.entries())
    assert.equal((await send('clerk', id, body(name, picture(i)))).statusCode, 200, name);
  const { files } = await filesOf(id);
  assert.equal(files.length, names.length);
  for (const { name } of files) assert.match(name, /^[\w]+\.png$/);
});

test('a case takes forty files and no more', async () => {
  const id = await aCase();
  for (let i = 0; i < 40; i++)
    assert.equal((await send('clerk', id, body('a.png', picture(i)))).statusCode, 200);
  const answer = await send('clerk', id, body('a.png', picture(41)));
  assert.deepEqual([answer.json().error.code, answer.json().error.detail.limit], ['file.too-many', 40]);
});

test('who may not see the case sees no file; who sees it without need sees that there is one, not its name', async () => {
  const unit = await database.one<{ id: string }>(sql`
    select u.id from units u where u.company_id = ${companyId} and u.code = 'hall-centre'`);
  const id = await aCase({ process: 'complaint', accusedUnitId: unit.id });
  const accused = await look('hall-lead', `/api/cases/${id}/files`);
  assert.equal(accused.statusCode, 404);
  assert.equal((await send('hall-lead', id, body('a.png', PICTURE))).statusCode, 404);

  const open = await aCase();
  const { id: fileId } = (await send('clerk', open, body('身份证.png', PICTURE))).json();
  const officer = await look('control-officer', `/api/cases/${open}/files`);
  assert.deepEqual([officer.statusCode, officer.json().files[0].name], [200, null]);
  const refused = await look('control-officer', `/api/cases/${open}/files/${fileId}`);
  assert.deepEqual([refused.statusCode, refused.json().error.code], [403, 'file.personal']);
  const elsewhere = await look('clerk', `/api/cases/${id}/files/${fileId}`);
  assert.equal(elsewhere.statusCode, 404);
});

test('a file belongs to its case: attached files survive closing and reopening', async () => {
  const id = await aCase();
  const { id: fileId } = (await send('clerk', id, body('a.png', PICTURE))).json();
  await database.run(sql`
    update cases set state = 'closed', closed_at = ${new Date(await database.now()).toISOString()} where cases.id = ${id}`);
  assert.equal((await look('clerk', `/api/cases/${id}/files/${fileId}`)).statusCode, 200);
});

async function blank(login: string, caseId: string, id: string) {
  return await app.inject({
    method: 'POST',
    url: `/api/cases/${caseId}/files/${id}/blank`,
    headers: {
      'x-dafuwu-csrf': '1',
      'idempotency-key': `blank-${login}-${id}`,
      cookie: await cookieOf(login),
    },
    payload: {},
  });
}

const contents = () =>
  database.one<{ n: number }>(
    sql`select count(*) as n from file_contents f where f.company_id = ${companyId}`,
  );

test('a file that was added by mistake is gone for good, for others only where nobody else holds it', async () => {
  const mine = await aCase();
  const other = await aCase();
  const { id: fileId } = (await send('clerk', mine, body('a.png', picture(201)))).json();
  const { id: kept } = (await send('clerk', other, body('a.png', picture(201)))).json();
  assert.equal((await blank('control-officer', mine, fileId)).json().error.code, 'file.not-yours');
  assert.equal((await blank('clerk', mine, fileId)).statusCode, 200);
  assert.equal((await look('clerk', `/api/cases/${mine}/files/${fileId}`)).statusCode, 404);
  const [left] = (await filesOf(mine)).files;
  assert.deepEqual([left.name, left.blanked, left.mayOpen], [null, true, false]);
  assert.equal((await look('clerk', `/api/cases/${other}/files/${kept}`)).statusCode, 200);

  const before = await contents();
  assert.equal((await blank('clerk', other, kept)).statusCode, 200);
  assert.equal((await contents()).n, before.n - 1);
});
