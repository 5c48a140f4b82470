import { join } from 'node:path';
import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import { companyClocks, readWorkingDays } from '#modules/clock/index.ts';
import { handbookLibrary, loadDemoHandbook } from '#modules/process/index.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { type TestDatabase, testDatabase } from '#testing/database.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import { loadDemo } from '#testing/demo/load-demo.ts';
import type { CaseActor, CaseDeps } from '../case-commands.ts';
import type { Intake } from '../intake.ts';
import { intakeWith } from './intake-with.ts';

const HANDBOOK = join(import.meta.dirname, '..', '..', '..', '..', 'handbook');

export type SmallCounty = TestDatabase & {
  readonly companyId: string;
  readonly deps: CaseDeps;
  /** The demo sign-in of this name as an actor. */
  actor(login: string): Promise<CaseActor>;
  /** Some household of this area. */
  household(area: 'city' | 'rural' | 'remote'): Promise<string>;
  /** Runs a command in a transaction of its own; a refusal fails the test. */
  must<T>(command: (tx: Tx) => Promise<T | Refusal>): Promise<T>;
};

/** The demo company with few households and the real handbook: what tests of cases and orders run on. */
export async function smallCounty(now?: Instant): Promise<SmallCounty> {
  const company = demoCompany();
  const t = await testDatabase(now, {
    name: 'small_county',
    async fill(database) {
      await loadDemo(database, { company, households: 400, passwordHash: 'no sign-in in this test' });
      await mustIn(database, (tx) => loadDemoHandbook(tx, { companyId: company.id, folder: HANDBOOK }));
    },
  });
  const library = handbookLibrary();
  return {
    ...t,
    companyId: company.id,
    deps: {
      activeHandbook: library.active,
      version: library.version,
      clockBasis: companyClocks(readWorkingDays(join(HANDBOOK, 'calendars', 'holiday-cn.json'))),
    },
    must: (command) => mustIn(t.database, command),
    async actor(login) {
      const person = company.logins.find((one) => one.login === login)?.person;
      if (person === undefined) throw new Error(`no demo sign-in ${login}`);
      const units = [person.unit.id, person.unit.parentId].filter((id) => id !== null);
      return {
        companyId: company.id,
        personId: person.id,
        unitId: person.unit.id,
        unitIds: units,
        posts: [person.post],
        mayReassign: false,
        mayEnterFor: ['dispatcher', 'repair-lead'].includes(person.post),
      };
    },
    async household(area) {
      const row = await t.database.one<{ id: string }>(sql`
        select h.id from households h join premises p on p.company_id = h.company_id and p.id = h.premises_id
        where h.company_id = ${company.id} and p.area_class = ${area} order by h.account_no limit 1`);
      return row.id;
    },
  };
}

async function mustIn<T>(database: Database, command: (tx: Tx) => Promise<T | Refusal>): Promise<T> {
  const result = await transact(database, command);
  if (isRefusal(result)) throw new Error(`refused: ${JSON.stringify(result)}`);
  return result;
}

/** An intake with defaults; a test names only what it is about. */
export function anIntake(given: Partial<Intake>): Intake {
  return intakeWith({
    process: 'inquiry',
    words: '请问一户多人口怎么申请',
    contactName: '测试客户',
    ...given,
  });
}
