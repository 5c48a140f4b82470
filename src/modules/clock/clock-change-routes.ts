import { isRefusal, refuse } from '#kernel/result.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Database, Db } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { correctionSchema, decideSchema, importSchema } from './clock-change-api.ts';
import { askCorrection, decideCorrection, importNotice } from './clock-change-commands.ts';
import { calendarYears, clockChanges, clockLimits } from './clock-change-reads.ts';
import type { ClockBasisOf } from './company-clocks.ts';

type Deps = {
  readonly database: Database;
  readonly clockBasis: ClockBasisOf;
  readonly activeHandbook: (db: Db, companyId: string) => Promise<HandbookVersion | undefined>;
};

/** 时限与日历: years, corrections, and how far their recalculation is. */
export function clockChangeRoutes(router: Router, deps: Deps): void {
  const { database } = deps;
  router.read({
    path: '/api/clock/years',
    permission: 'clock.admin',
    object: 'none',
    summary: 'Calendar years as they count now; a year without a notice is marked',
    answer: async ({ companyId }) => {
      const basis = await deps.clockBasis(database, companyId);
      return await calendarYears(database, companyId, basis, await database.now());
    },
  });
  router.read({
    path: '/api/clock/changes',
    permission: 'clock.admin',
    object: 'none',
    summary: 'Imports and corrections, with the progress of their recalculation',
    answer: async (who) =>
      await clockChanges(database, who, await deps.activeHandbook(database, who.companyId)),
  });
  router.read({
    path: '/api/clock/limits',
    permission: 'clock.admin',
    object: 'none',
    summary: 'Limits that clocks count, with their corrections',
    answer: async ({ companyId }) => {
      const version = await deps.activeHandbook(database, companyId);
      if (version === undefined) return refuse('case.no-handbook');
      return clockLimits(version, await deps.clockBasis(database, companyId));
    },
  });
  router.write({
    path: '/api/clock/years',
    permission: 'clock.admin',
    object: 'none',
    summary: 'Imports a pasted notice of the State Council',
    body: importSchema,
    command: (tx, who, request) => importNotice(tx, deps, who, request.body),
  });
  router.write({
    path: '/api/clock/corrections',
    permission: 'clock.admin',
    object: 'none',
    summary: 'Asks for the correction of a limit',
    body: correctionSchema,
    command: (tx, who, request) => askCorrection(tx, deps, who, request.body),
  });
  router.write({
    path: '/api/clock/corrections/:id/decide',
    permission: 'clock.admin',
    object: 'other',
    summary: 'Approves or rejects a correction that somebody else asked for',
    body: decideSchema,
    command: async (tx, who, request) => {
      const { approve } = request.body;
      const decided = await decideCorrection(tx, who, { changeId: param(request, 'id'), approve });
      return isRefusal(decided) ? decided : { changeId: decided.changeId };
    },
  });
}
