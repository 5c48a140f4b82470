import assert from 'node:assert/strict';
import { test } from 'node:test';
import excel from 'exceljs';
import { acceptCases } from '#modules/case/index.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { csvRecords } from '#kernel/csv.ts';
import { sql } from '#platform/db/sql.ts';
import { testApp } from './testing/test-app.ts';

// Lists as files: what is seen and nothing else, every line once, and on record.

const t = await testApp();
const clerk = await t.actor('clerk');
const lead = await t.actor('station-lead');

function recordsOf(text: string): readonly (readonly string[])[] {
  return [...csvRecords(text)].flatMap((one) => ('fields' in one ? [one.fields] : []));
}

test('the case list as a file is the list: more than a page, each case once, nothing about one’s own unit', async () => {
  const intakes = [
    ...Array.from({ length: 130 }, () => anIntake({ contactName: '于秀兰', contactPhone: '15400001234' })),
    anIntake({ process: 'complaint', words: '=1+1', accusedUnitId: lead.unitId }),
  ];
  const made = await t.database.transaction((tx) =>
    acceptCases(
      tx,
      t.deps,
      t.companyId,
      intakes.map((intake) => ({ actor: clerk, intake })),
    ),
  );
  assert.equal(made.length, 131);
  const client = await t.signIn('control-officer');
  const answer = await client.get('/api/exports/cases?state=open');
  assert.equal(answer.statusCode, 200);
  assert.match(String(answer.headers['content-type']), /^text\/csv/);
  assert.match(String(answer.headers['content-disposition']), /attachment; filename="cases\.csv"/);
  assert.ok(answer.body.startsWith('\ufeff编号,'));
  const [head, ...rows] = recordsOf(answer.body);
  assert.equal(head?.length, 7);
  const numbers = rows.map((row) => row[0]);
  assert.deepEqual([numbers.length, new Set(numbers).size], [131, 131]);
  for (const secret of ['于秀兰', '15400001234', '=1+1']) assert.equal(answer.body.includes(secret), false);

  const complaints = recordsOf((await client.get('/api/exports/cases?business=voice&lang=en')).body);
  assert.deepEqual([complaints.length, complaints[0]?.[0]], [2, 'No.']);
  const accused = await t.signIn('station-lead');
  assert.equal(recordsOf((await accused.get('/api/exports/cases?business=voice')).body).length, 1);
  assert.equal((await client.get('/api/exports/cases?state=both')).statusCode, 400);
  const audited = await t.database.rows(sql`
    select e.detail from audit_entries e where e.action = 'case.export' order by e.at, e.id`);
  assert.deepEqual(audited, [
    { detail: { state: 'open' } },
    { detail: { business: 'voice' } },
    { detail: { business: 'voice' } },
  ]);
});

test('the same list as a workbook: the same cells, all of them text, and on record as well', async () => {
  const client = await t.signIn('control-officer');
  const lines = recordsOf((await client.get('/api/exports/cases?state=open')).body);
  const answer = await client.get('/api/exports/cases?state=open&as=xlsx');
  assert.match(String(answer.headers['content-type']), /spreadsheetml/);
  assert.match(String(answer.headers['content-disposition']), /filename="cases\.xlsx"/);
  const book = new excel.Workbook();
  await book.xlsx.load(answer.rawPayload.buffer as ArrayBuffer);
  const sheet = book.worksheets[0];
  const cells: string[][] = [];
  sheet?.eachRow((row) => {
    assert.ok(!JSON.stringify(row.values).includes('formula'));
    cells.push(lines[0]?.map((_, i) => row.getCell(i + 1).text) ?? []);
  });
  assert.deepEqual(cells, lines);
  const { n } = await t.database.one<{ n: number }>(sql`
    select count(*) as n from audit_entries e where e.action = 'case.export' and e.detail = '{"state":"open"}'`);
  assert.equal(n, 3);
  assert.equal((await client.get('/api/exports/cases?as=ods')).statusCode, 400);
});

test('the audit as a file is for auditors, and taking it out is in it', async () => {
  const officer = await t.signIn('control-officer');
  assert.equal((await officer.get('/api/exports/audit')).statusCode, 403);
  const auditor = await t.signIn('auditor');
  const [head, ...rows] = recordsOf((await auditor.get('/api/exports/audit?action=case.')).body);
  assert.equal(head?.[2], 'action');
  assert.ok(rows.length >= 131 && rows.every((row) => row[2]?.startsWith('case.')));
  const again = recordsOf((await auditor.get('/api/exports/audit?action=audit.export')).body);
  assert.equal(again.length, 3, 'the head, the first export and this one');
});
