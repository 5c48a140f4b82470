import { sealAudit } from '#modules/audit/audit-chain.ts';
import { verifyAudit } from '#modules/audit/audit-verify.ts';
import { openDatabase } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { companyRig } from '#testing/company-rig.ts';
import { record } from './measure.ts';

// `dafuwu audit verify` on a million entries: every hash anew, in pages, so that the memory does not grow with the record. The
// floor is reading the same entries in the same pages and hashing nothing.

const ENTRIES = Number(process.env['BENCH_ENTRIES'] ?? 1_000_000);
const PAGE = 20_000;

const rig = await companyRig({ households: 10 });
const database = openDatabase({ connection: rig.connection, max: 2, onError: () => undefined });
try {
  await measure();
} finally {
  await database.close();
  await rig.close();
}

async function measure(): Promise<void> {
  const { companyId } = await database.one<{ companyId: string }>(
    sql`select c.company_id as "companyId" from companies c`,
  );
  // Ids of the last hours, as a program would have made them.
  for (let from = 0; from < ENTRIES; from += PAGE)
    await database.run(sql`
      insert into audit_entries (company_id, id, at, action, outcome, object_type, object_id, detail)
      select ${companyId}, (lpad(to_hex((extract(epoch from now()) * 1000)::bigint - 3600000 + n / 300), 12, '0') || '7'
          || lpad(to_hex(n % 4096), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid,
        now(), 'customer.reveal', 'done', 'household', n::text, jsonb_build_object('n', n)
      from generate_series(${from}::integer, ${Math.min(from + PAGE, ENTRIES) - 1}::integer) n`);
  await database.run(sql`analyze audit_entries`);
  const sealing = await timed(async () => {
    while ((await database.transaction((tx) => sealAudit(tx, companyId, 0))) > 0);
  });
  await database.run(sql`analyze audit_seals`);
  const reading = await timed(() => readAll(companyId));
  global.gc?.();
  const before = process.memoryUsage().rss;
  let report = { sealed: 0, faults: 0 };
  const verifying = await timed(async () => {
    const { sealed, faults } = await verifyAudit(database, companyId, [], Date.now());
    report = { sealed, faults: faults.length };
  });
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  record('audit', [
    `audit verify: ${report.sealed} entries in ${verifying.toFixed(1)} s, ${(verifying / reading).toFixed(1)} × reading them (${reading.toFixed(1)} s); ${report.faults} faults; memory grew by ${grown.toFixed(0)} MB; sealing them took ${sealing.toFixed(1)} s`,
  ]);
  if (report.sealed !== ENTRIES || report.faults !== 0 || verifying > 60) process.exitCode = 1;
}

async function readAll(companyId: string): Promise<void> {
  for (let after = 0; ; after += PAGE) {
    const rows = await database.rows(sql`
      select s.seq, e.detail, e.action, e.object_id from audit_seals s
      join audit_entries e on e.company_id = s.company_id and e.id = s.entry_id
      where s.company_id = ${companyId} and s.seq > ${after} order by s.seq limit ${PAGE}`);
    if (rows.length < PAGE) return;
  }
}

/** Seconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
