import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { actorOf, type CaseDeps } from '#modules/case/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Principal, type Router } from '#platform/http/router.ts';
import { passingVault, type Vault } from '#platform/vault.ts';
import {
  completionSchema,
  doorIds,
  type DoorId,
  handSchema,
  handSheetSchema,
  importSchema,
  nothingSchema,
  objectionAnswerSchema,
  objectionSchema,
  replyRowsSchema,
  replySchema,
  setAsideSchema,
} from './door-api.ts';
import { importOrders } from './import-orders.ts';
import { keyRoutes } from './key-routes.ts';
import { answerObjection, raiseObjection } from './objection-commands.ts';
import { type DoorReader, findOutside, type InboxFilter } from './outside-reads.ts';
import { outsideDoors } from './outside-routes.ts';
import { outsideStore } from './outside-store.ts';
import { doorFigures, doorInfos, inbox, outsideDetail, outsideOfCase } from './outside-view.ts';
import { pageDoors } from './page-routes.ts';
import { completeOrder, setAside } from './receive-order.ts';
import { composeReply, handOver } from './reply-commands.ts';
import { handSheet, importReplies, replySheet } from './reply-sheet.ts';

/** What the staff does with orders of other systems. */
export function doorRoutes(router: Router, database: Database, deps: CaseDeps): void {
  keyRoutes(router, database);
  readRoutes(router, database, deps);
  orderRoutes(router, database, deps);
}

/** What other systems ask for, with their keys, and customers by their page. */
export function doorDoors(
  app: FastifyInstance,
  { database, vault = passingVault }: { readonly database: Database; readonly vault?: Vault },
  deps: CaseDeps,
): void {
  outsideDoors(app, database, deps);
  pageDoors(app, { database, vault }, deps);
}

const head = { permission: 'door.work', object: 'other' } as const;
const answering = { permission: 'door.reply', object: 'other' } as const;

/** What is no case yet is for those who work at the doors. */
function readerOf(who: Principal): DoorReader {
  return { ...actorOf(who), atDoors: who.permissions.includes('door.work') };
}

function readRoutes(router: Router, database: Database, deps: CaseDeps): void {
  async function withHandbook<T>(
    who: Principal,
    work: (version: HandbookVersion) => T,
  ): Promise<T | Refusal> {
    const version = await deps.activeHandbook(database, who.companyId);
    return version === undefined ? refuse('case.no-handbook') : work(version);
  }
  router.read({
    path: '/api/doors',
    permission: 'door.work',
    object: 'none',
    summary: 'Doors of other systems: their labels, for reading a file',
    answer: (who) => withHandbook(who, doorInfos),
  });
  router.read({
    path: '/api/doors/figures',
    permission: 'door.work',
    object: 'none',
    summary: 'Figures of each door',
    answer: async (who) => {
      const now = await database.now();
      return await withHandbook(who, (version) => doorFigures(database, actorOf(who), version, now));
    },
  });
  router.read({
    path: '/api/outside',
    permission: 'door.work',
    object: 'none',
    summary: 'The inbox of orders from other systems, newest first',
    query: {
      door: Type.Optional(Type.Enum([...doorIds])),
      part: Type.Enum(['to-complete', 'open', 'late', 'changed', 'objected', 'to-reply', 'recent', 'all']),
      before: Type.Optional(Type.String({ format: 'uuid' })),
    },
    answer: async (who, request) => {
      const {
        door = null,
        part,
        before = null,
      } = request.query as Partial<InboxFilter> & Pick<InboxFilter, 'part'>;
      return await inbox(database, actorOf(who), { door, part, before }, await database.now());
    },
  });
  router.read({
    path: '/api/doors/:door/reply-sheet',
    permission: 'door.work',
    object: 'none',
    summary: 'All orders of a door that wait for a reply, as one sheet',
    answer: async (who, request) => {
      const now = await database.now();
      const door = doorIds.find((one) => one === param(request, 'door'));
      if (door === undefined) return refuse('http.not-found');
      return await withHandbook(who, (version) => replySheet(database, actorOf(who), version, door, now));
    },
  });
  router.read({
    ...answering,
    path: '/api/outside/:id',
    summary: 'An order of another system, what went back, objections',
    answer: async (who, request) => {
      const now = await database.now();
      const id = param(request, 'id');
      const detail = await withHandbook(who, (version) =>
        outsideDetail(database, readerOf(who), version, id, now),
      );
      if (!isRefusal(detail) && detail.state === 'to-complete') await noteRead(database, who, id);
      return detail;
    },
  });
  router.read({
    path: '/api/cases/:id/outside',
    permission: 'case.read',
    object: 'case',
    summary: 'Whose order a case is, and what of its time was used before it reached us',
    answer: async (who, request) => {
      const now = await database.now();
      const id = param(request, 'id');
      return await withHandbook(who, (version) => outsideOfCase(database, actorOf(who), version, id, now));
    },
  });
}

/** Somebody saw name and phone of an order that is no case yet. */
async function noteRead(database: Database, who: Principal, id: string): Promise<void> {
  await database.transaction((tx) =>
    auditWriter(tx, who.companyId).write({
      actorId: who.personId,
      action: 'outside.read',
      outcome: 'done',
      objectType: 'outside-order',
      objectId: id,
    }),
  );
}

function orderRoutes(router: Router, database: Database, deps: CaseDeps): void {
  /** Of a case that this person may not see there is no order either. */
  async function seen(who: Principal, id: string): Promise<Refusal | undefined> {
    const found = await findOutside(database, readerOf(who), id, await database.now());
    return found === undefined ? refuse('http.not-found') : undefined;
  }
  router.write({
    path: '/api/outside/import',
    permission: 'door.work',
    object: 'none',
    summary: 'Takes in the orders of a file or a pasted text: all or none',
    body: importSchema,
    command: (tx, who, request) => importOrders(tx, deps, who, request.body),
  });
  router.write({
    path: '/api/outside/replies/import',
    permission: 'door.work',
    object: 'none',
    summary: 'A sheet of replies that was filled in: all or none, with the faults of each row',
    body: replyRowsSchema,
    command: (tx, who, request) => importReplies(tx, deps, actorOf(who), request.body),
  });
  router.write({
    path: '/api/outside/replies/hand',
    permission: 'door.work',
    object: 'none',
    summary: 'Replies that are written were handed back as one file',
    body: handSheetSchema,
    command: (tx, who, request) => handSheet(tx, actorOf(who), request.body),
  });
  router.write({
    ...head,
    path: '/api/outside/:id/complete',
    summary: 'Completes an order that could not become a case by itself',
    body: completionSchema,
    command: async (tx, who, request) => {
      const id = param(request, 'id');
      return (await seen(who, id)) ?? completeOrder(tx, deps, who, { ...request.body, id });
    },
  });
  router.write({
    ...head,
    path: '/api/outside/:id/set-aside',
    summary: 'No demand of ours: kept with the reason',
    body: setAsideSchema,
    command: async (tx, who, request) => {
      const id = param(request, 'id');
      return (await seen(who, id)) ?? setAside(tx, who, { ...request.body, id });
    },
  });
  router.write({
    ...answering,
    path: '/api/outside/:id/seen',
    summary: 'The changes of an order were seen',
    body: nothingSchema,
    command: async (tx, who, request) => {
      const id = param(request, 'id');
      const refusal = await seen(who, id);
      return refusal ?? { seen: await outsideStore(tx, who.companyId).seeUpdates(id, who.personId) };
    },
  });
  router.write({
    ...answering,
    path: '/api/outside/:id/reply',
    summary: 'Puts the reply together in their fields',
    body: replySchema,
    command: async (tx, who, request) => {
      const id = param(request, 'id');
      return (await seen(who, id)) ?? composeReply(tx, deps, who, { ...request.body, id });
    },
  });
  router.write({
    ...answering,
    path: '/api/outside/:id/handed',
    summary: 'The reply was handed back by file or by hand',
    body: handSchema,
    command: async (tx, who, request) => {
      const row = await outsideStore(tx, who.companyId).lock(param(request, 'id'));
      const refusal = await seen(who, param(request, 'id'));
      if (row === undefined || isRefusal(refusal)) return refusal ?? refuse('http.not-found');
      const { way } = request.body;
      const door: DoorId = row.door;
      return await handOver(tx, who, { door, numbers: [row.number], way, by: who.personId });
    },
  });
  router.write({
    ...head,
    path: '/api/outside/:id/object',
    summary: 'Objects to an order of another system',
    body: objectionSchema,
    command: async (tx, who, request) => {
      const id = param(request, 'id');
      return (await seen(who, id)) ?? raiseObjection(tx, who, { ...request.body, id });
    },
  });
  router.write({
    ...head,
    path: '/api/objections/:id/answer',
    summary: 'What they said to an objection',
    body: objectionAnswerSchema,
    command: (tx, who, request) => answerObjection(tx, who, { ...request.body, id: param(request, 'id') }),
  });
}
