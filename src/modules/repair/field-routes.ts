import { actorOf, type CaseDeps, readerNotes } from '#modules/case/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Router } from '#platform/http/router.ts';
import { type FieldJobs, fieldEntrySchema } from './field-api.ts';
import { recordFieldEntry } from './field-commands.ts';
import { fieldJobs } from './field-reads.ts';
import { findStandBy } from './field-stand-by.ts';
import { myCrew } from './my-crew.ts';

type Deps = {
  readonly database: Database;
  readonly handbook: ReturnType<typeof handbookLibrary>;
  readonly clockScale: number;
};

/** The crew's phone: what to do next, and what was done, sent when it could be. */
export function fieldRoutes(router: Router, deps: Deps, caseDeps: CaseDeps): void {
  const { database, handbook, clockScale } = deps;
  const note = readerNotes(database);
  router.read({
    path: '/api/field/jobs',
    permission: 'field.work',
    object: 'none',
    summary: "The crew's jobs, with all that is needed without a network, and what is arranged behind them",
    answer: async (who): Promise<FieldJobs> => {
      const now = await database.now();
      const found = await fieldJobs(database, handbook, actorOf(who), now);
      const crew = await myCrew(database, caseDeps, actorOf(who), now);
      for (const job of found.jobs) for (const one of job.cases) await note(who, one.caseId);
      const person = await database.one<{ id: string; name: string }>(sql`
        select p.id, p.name from people p where p.company_id = ${who.companyId} and p.id = ${who.personId}`);
      const standBy = await findStandBy(database, who, now);
      return { clock: { now, scale: clockScale }, person, standBy, crew, ...found };
    },
  });
  router.write({
    path: '/api/field/entries',
    permission: 'field.work',
    object: 'none',
    summary: 'Something a crew did, once by its key however often it is sent',
    body: fieldEntrySchema,
    command: (tx, who, request) => recordFieldEntry(tx, caseDeps, actorOf(who), request.body),
  });
}
