import { Type } from 'typebox';
import { refuse } from '#kernel/result.ts';
import { actorOf, type CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { discardDraft, saveDraft } from './draft-commands.ts';
import { listDrafts } from './draft-store.ts';
import {
  askPaperSchema,
  joinSchema,
  nothingSchema,
  paperSchema,
  saveDraftSchema,
  takeInSchema,
} from './hall-api.ts';
import { type HallDeps, promisesOf, repeatsOf, standingOf } from './hall-reads.ts';
import {
  askPaper,
  joinExisting,
  mayBeTakenWithOthers,
  receivePaper,
  takeIn,
  takeInAll,
} from './intake-commands.ts';
import { receiptOf } from './receipt-reads.ts';

const uuid = Type.String({ format: 'uuid' });
const code = Type.String({ minLength: 1, maxLength: 60 });

/** The counter: drafts, what to know before one speaks, taking in, papers, the receipt. */
export function intakeRoutes(router: Router, database: Database, hall: HallDeps, deps: CaseDeps): void {
  router.read({
    path: '/api/drafts',
    permission: 'case.intake',
    object: 'none',
    summary: 'My parked drafts',
    answer: async (who) => await listDrafts(database, who),
  });
  router.write({
    path: '/api/drafts/:id',
    method: 'PUT',
    permission: 'case.intake',
    object: 'other',
    summary: 'Saves a draft of mine',
    body: saveDraftSchema,
    command: (tx, who, request) => saveDraft(tx, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    path: '/api/drafts/:id/discard',
    permission: 'case.intake',
    object: 'other',
    summary: 'Throws a draft of mine away',
    body: nothingSchema,
    command: (tx, who, request) => discardDraft(tx, actorOf(who), param(request, 'id')),
  });
  router.read({
    path: '/api/hall/standing/:id',
    permission: 'case.intake',
    object: 'household',
    summary: 'What a household asked of us lately, and whether we kept our word',
    answer: async (who, request) =>
      await standingOf(database, hall, actorOf(who), param(request, 'id'), await database.now()),
  });
  router.read({
    path: '/api/hall/repeats',
    permission: 'case.intake',
    object: 'none',
    summary: 'Open cases that this demand probably repeats',
    query: {
      process: code,
      household: Type.Optional(uuid),
      phone: Type.Optional(Type.String({ maxLength: 20 })),
      place: Type.Optional(Type.String({ maxLength: 200 })),
    },
    answer: async (who, request) => {
      const { process, household = null, phone = null, place = null } = request.query as RepeatQuery;
      const by = { process, householdId: household, phone, place };
      return await repeatsOf(database, hall, actorOf(who), by, await database.now());
    },
  });
  router.read({
    path: '/api/hall/promises',
    permission: 'case.intake',
    object: 'none',
    summary: 'What may be promised for a business in an area',
    query: { process: code, area: Type.Optional(Type.Enum(['city', 'rural', 'remote'])) },
    answer: async (who, request) => {
      const { process, area = null } = request.query as { process: string; area?: string };
      return await promisesOf(database, hall, who.companyId, { process, area }, await database.now());
    },
  });
  router.write({
    path: '/api/hall/intake',
    permission: 'case.intake',
    object: 'none',
    summary: 'Accepts a demand at counter or phone',
    body: takeInSchema,
    command: (tx, who, request) => takeIn(tx, deps, actorOf(who), request.body),
    batch: {
      takes: (request) => mayBeTakenWithOthers(request.body),
      commands: (tx, companyId, requests) =>
        takeInAll(
          tx,
          deps,
          companyId,
          requests.map(({ who, request }) => ({ actor: actorOf(who), body: request.body })),
        ),
    },
  });
  router.write({
    path: '/api/hall/join',
    permission: 'case.intake',
    object: 'none',
    summary: 'The same demand again: to the case that is open',
    body: joinSchema,
    command: (tx, who, request) => joinExisting(tx, actorOf(who), request.body),
  });
  router.read({
    path: '/api/cases/:id/receipt',
    permission: 'case.intake',
    object: 'case',
    summary: 'What happens next and by when, and the papers',
    answer: async (who, request) =>
      (await receiptOf(database, hall, actorOf(who), param(request, 'id'), await database.now())) ??
      refuse('http.not-found'),
  });
  router.write({
    path: '/api/cases/:id/papers/receive',
    permission: 'case.intake',
    object: 'case',
    summary: 'Ticks off a paper that came later',
    body: paperSchema,
    command: (tx, who, request) =>
      receivePaper(tx, deps, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    path: '/api/cases/:id/papers/ask',
    permission: 'case.intake',
    object: 'case',
    summary: 'Asks for one more paper, recorded as a violation',
    body: askPaperSchema,
    command: (tx, who, request) =>
      askPaper(tx, deps, actorOf(who), { ...request.body, caseId: param(request, 'id') }),
  });
}

type RepeatQuery = {
  readonly process: string;
  readonly household?: string;
  readonly phone?: string;
  readonly place?: string;
};
