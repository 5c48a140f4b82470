import { randomUUID } from 'node:crypto';
import { DEMO_PASSWORD } from '#app/fill-database.ts';
import { sql } from '#platform/db/sql.ts';
import type { Signed } from './company-client.ts';
import { type CompanyRig, companyRig, type RunningProgram } from './company-rig.ts';
import { intakeWith } from '#modules/case/testing/intake-with.ts';
import { checkReports, type Found } from './replay/check-replay.ts';

export type TortureOptions = {
  readonly kills: { readonly program: number; readonly server: number };
  /** A planted fault: the database is told, behind the program's back, to acknowledge before it has written. */
  readonly lying: boolean;
  readonly secondsBetween: number;
  readonly say: (line: string) => void;
};

export type TortureResult = Found & {
  readonly acknowledged: number;
  readonly fired: number;
  readonly ok: boolean;
};

const CLIENTS = 12;
const MARK = '拷问';
/** Ten minutes a second: promises of three quarters of an hour break while it runs. */
const SPEED = 600;
const CLOCK = `scale:${SPEED}@2026-11-23T08:30:00+08:00`;

/**
 * Customers report without a pause while the program and its database are killed by turns. A client that heard nothing asks
 * again with the same key, as a browser does. At the end every acknowledged report must be there, once.
 */
export async function torture(options: TortureOptions): Promise<TortureResult> {
  const rig = await companyRig({ households: 1000 });
  try {
    const homes = await rig.database.rows<{ id: string }>(sql`select h.id from households h order by h.id`);
    let program: RunningProgram = await rig.startProgram({ DAFUWU_CLOCK: CLOCK });
    if (options.lying) await lie(rig);
    let clerk: Promise<Signed> = program.client.signIn('call-taker', DEMO_PASSWORD);
    const accepted = new Map<string, string>();
    const run = { going: true };
    let sent = 0;

    const customer = async () => {
      while (run.going) {
        const i = sent++;
        const mark = `${MARK}${i}`;
        const key = randomUUID();
        while (!accepted.has(mark)) {
          const caseId = await report(
            await clerk.catch(() => undefined),
            homes[i % homes.length]?.id ?? '',
            mark,
            key,
          );
          if (caseId !== undefined) accepted.set(mark, caseId);
          else if (!run.going) return;
          else await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    };
    const customers = Array.from({ length: CLIENTS }, customer);

    const kills = [
      ...Array.from({ length: options.kills.program }, () => 'program' as const),
      ...Array.from({ length: options.kills.server }, () => 'server' as const),
    ].toSorted((a, b) => (a === b ? 0 : 1));
    for (const [n, which] of kills.entries()) {
      await new Promise((resolve) => setTimeout(resolve, options.secondsBetween * 1000));
      if (which === 'server') await rig.killServer();
      else {
        await program.kill();
        program.client.close();
        program = await rig.startProgram({ DAFUWU_CLOCK: CLOCK });
        const { client } = program;
        clerk = client.signIn('call-taker', DEMO_PASSWORD);
        clerk.catch(() => undefined);
      }
      options.say(`kill ${n + 1} of ${kills.length} (${which}): ${accepted.size} acknowledged`);
    }
    await new Promise((resolve) => setTimeout(resolve, options.secondsBetween * 1000));
    run.going = false;
    await Promise.all(customers);
    const found = await checkReports(rig.database, MARK, accepted, SPEED);
    const { fired } = await rig.database.one<{ fired: number }>(
      sql`select count(*) as fired from clock_firings`,
    );
    const ok = found.lost.length === 0 && found.doubled.length === 0 && found.firedTwice === 0;
    options.say(
      `${accepted.size} acknowledged, ${found.cases} in the database, ${found.lost.length} lost, ${found.doubled.length} doubled; ${fired} moments of clocks, ${found.firedTwice} written twice`,
    );
    return { ...found, acknowledged: accepted.size, fired, ok };
  } finally {
    await rig.close();
  }
}

/** The program refuses to start on such a database; this one changes its mind afterwards. */
async function lie(rig: CompanyRig): Promise<void> {
  await rig.database.pool.query('alter database dafuwu set synchronous_commit = off');
  await rig.database.pool.query(
    'select pg_terminate_backend(a.pid) from pg_stat_activity a where a.datname = current_database() and a.pid <> pg_backend_pid()',
  );
}

async function report(
  clerk: Signed | undefined,
  householdId: string,
  mark: string,
  key: string,
): Promise<string | undefined> {
  const intake = intakeWith({
    channel: 'phone',
    process: 'repair-low',
    householdId,
    words: '家里突然没电了',
    contactName: mark,
  });
  try {
    const answer = await clerk?.post('/api/cases', intake, key);
    return answer?.status === 200 ? (answer.body as { caseId: string }).caseId : undefined;
  } catch {
    // Killed in the middle: he heard nothing, and asks again.
    return undefined;
  }
}
