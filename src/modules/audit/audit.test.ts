import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { rm } from 'node:fs/promises';
import type { Database, Tx } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { testDatabase } from '#testing/database.ts';
import { oldestOpen, sealAudit } from './audit-chain.ts';
import { exportHead, readHeads } from './audit-heads.ts';
import { verifyAudit } from './audit-verify.ts';
import { auditWriter } from './audit-writer.ts';

const COMPANY = '019a0000-0000-7000-8000-00000000c0de';
const folder = await mkdtemp(join(tmpdir(), 'dafuwu-audit-'));
after(() => rm(folder, { recursive: true }));

/** A company whose 40 entries are sealed in three turns, with a head exported after the second. */
async function sealedCompany(name: string) {
  const { database } = await testDatabase();
  const write = (n: number) =>
    database.transaction(async (tx) => {
      for (let i = 0; i < n; i++)
        await auditWriter(tx, COMPANY).write({
          actorId: null,
          action: 'customer.reveal',
          outcome: 'done',
          objectType: 'household',
          objectId: String(i),
          detail: { n: i },
        });
    });
  const seal = () => database.transaction((tx) => sealAudit(tx, COMPANY, Date.now()));
  const company = { id: COMPANY, code: name };
  await write(15);
  await seal();
  await write(15);
  await seal();
  await database.transaction((tx) => exportHead(tx, company, folder));
  await write(10);
  await seal();
  const verify = async () =>
    await verifyAudit(database, COMPANY, await readHeads(folder, name), Date.now() + 120_000);
  return { database, seal, verify };
}

/** What somebody with all rights on the database would do: the guards are off. */
async function tamper(database: Database, change: (tx: Tx) => Promise<void>): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.run(sql`set local session_replication_role = replica`);
    await change(tx);
  });
}

test('a record that nobody touched is whole; what is not sealed yet is counted, not blamed', async () => {
  const { verify } = await sealedCompany('whole');
  assert.deepEqual(await verify(), { sealed: 40, unsealed: 0, heads: 1, faults: [] });
});

test('sealing twice at once seals everything once', async () => {
  const { database, seal, verify } = await sealedCompany('twice');
  await database.transaction((tx) =>
    auditWriter(tx, COMPANY).write({
      actorId: null,
      action: 'x',
      outcome: 'done',
      objectType: 'x',
      objectId: 'x',
    }),
  );
  const sealed = await Promise.all([seal(), seal(), seal()]);
  assert.equal(
    sealed.reduce((sum, n) => sum + n, 0),
    1,
  );
  assert.deepEqual((await verify()).faults, []);
});

test('what was committed long after its id was made is sealed while the look goes back as far as transactions were open', async () => {
  const { database, seal, verify } = await sealedCompany('straggler');
  const minuteAgo = Date.now() - 60_000;
  const made = minuteAgo.toString(16).padStart(12, '0');
  await database.run(sql`
    insert into audit_entries (company_id, id, at, action, outcome, object_type, object_id)
    values (${COMPANY}, ${`${made.slice(0, 8)}-${made.slice(8)}-7000-8000-000000000001`}, now(), 'x', 'done', 'x', 'x')`);
  assert.equal(await seal(), 0);
  assert.equal(await database.transaction((tx) => sealAudit(tx, COMPANY, minuteAgo)), 1);
  assert.deepEqual((await verify()).faults, []);
});

test('the oldest open transaction is known to others; without one it is now', async () => {
  const { database } = await testDatabase();
  await database.transaction(async (tx) => {
    const { began } = await tx.one<{ began: number }>(sql`select now() as began`);
    assert.equal(await oldestOpen(database), began);
    await database.run(sql`select pg_sleep(0.02)`);
    assert.equal(await oldestOpen(database), began);
  });
  const { before } = await database.one<{ before: number }>(sql`select now() as before`);
  assert.ok((await oldestOpen(database)) >= before);
});

const at = (seq: number): Sql => sql`(select s.entry_id from audit_seals s where s.seq = ${seq})`;
const plants: readonly (readonly [string, readonly Sql[], string])[] = [
  ['an altered detail', [sql`update audit_entries set detail = '{"n": 99}' where id = ${at(7)}`], 'altered'],
  [
    'an altered time',
    [sql`update audit_entries set at = at + interval '1 microsecond' where id = ${at(7)}`],
    'altered',
  ],
  ['a removed entry', [sql`delete from audit_entries where id = ${at(7)}`], 'entry-gone'],
  ['a removed seal', [sql`delete from audit_seals where seq = 7`], 'seal-gone'],
  [
    'two entries swapped',
    [
      sql`create temporary table swapped on commit drop as select s.seq, s.entry_id from audit_seals s where s.seq in (7, 8)`,
      sql`delete from audit_seals where seq in (7, 8)`,
      sql`insert into audit_seals (company_id, seq, entry_id, hash, sealed_at)
        select ${COMPANY}, 15 - w.seq, w.entry_id, 'x', now() from swapped w`,
    ],
    'altered',
  ],
  [
    'the tail cut off behind an exported head',
    [
      sql`delete from audit_entries where id in (select s.entry_id from audit_seals s where s.seq > 20)`,
      sql`delete from audit_seals where seq > 20`,
    ],
    'truncated',
  ],
  [
    'an entry slipped in with an old id',
    [
      sql`insert into audit_entries (company_id, id, at, action, outcome, object_type, object_id)
        values (${COMPANY}, '01900000-0000-7000-8000-000000000001', now(), 'x', 'done', 'x', 'x')`,
    ],
    'unsealed',
  ],
];

for (const [what, changes, kind] of plants) {
  test(`${what} is found`, async () => {
    const { database, seal, verify } = await sealedCompany(what.replaceAll(' ', '-'));
    await tamper(database, async (tx) => {
      for (const change of changes) await tx.run(change);
    });
    await seal();
    const { faults } = await verify();
    assert.ok(
      faults.some((fault) => fault.kind === kind),
      JSON.stringify(faults.slice(0, 3)),
    );
  });
}

test('whoever writes the whole chain anew has the exported head against him', async () => {
  const { database, seal, verify } = await sealedCompany('anew');
  await tamper(database, async (tx) => {
    await tx.run(sql`update audit_entries set detail = '{"n": 99}' where id = ${at(7)}`);
    await tx.run(sql`delete from audit_seals`);
  });
  await seal();
  const { faults } = await verify();
  assert.deepEqual([...new Set(faults.map((fault) => fault.kind))], ['rewritten']);
});
