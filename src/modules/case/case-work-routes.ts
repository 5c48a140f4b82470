import { refuse } from '#kernel/result.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import type { CaseDeps } from './case-commands.ts';
import { actorOf } from './case-routes.ts';
import { caseStore } from './case-store.ts';
import {
  answerSchema,
  askSchema,
  callSchema,
  decideSchema,
  endSchema,
  handOverSchema,
  linkSchema,
  noteSchema,
  rejectSchema,
  reopenSchema,
  superviseSchema,
  unlinkSchema,
  urgeSchema,
} from './case-work-api.ts';
import { caseWork, listUnitChoices } from './case-work-reads.ts';
import { askToEnd, decideEnd } from './end-case.ts';
import { answerUnit, askUnit } from './joint-requests.ts';
import { listJointOfUnits } from './joint-reads.ts';
import { listOwedCalls, recordCall } from './owed-calls.ts';
import { rejectOrder } from './reject-order.ts';
import { reopenCase } from './reopen-case.ts';
import { superviseCases } from './supervise-cases.ts';
import { addNote, handOver, linkCase, unlinkCase, urgeCase } from './work-commands.ts';

type Deps = { readonly database: Database; readonly handbook: ReturnType<typeof handbookLibrary> };

/** What people do with a case beside its steps. */
export function caseWorkRoutes(router: Router, { database, handbook }: Deps, deps: CaseDeps): void {
  const head = { permission: 'case.work', object: 'case' } as const;
  router.read({
    ...head,
    path: '/api/cases/:id/work',
    permission: 'case.read',
    summary: 'Hand-overs, requests to other departments, related cases, owed calls of a case',
    answer: async (who, request) =>
      (await caseWork(database, handbook, actorOf(who), param(request, 'id'), await database.now())) ??
      refuse('http.not-found'),
  });
  router.read({
    path: '/api/units',
    permission: 'case.work',
    object: 'none',
    summary: 'Units that work can be handed over to, with the posts held there',
    answer: (who) => listUnitChoices(database, handbook, who.companyId),
  });
  router.read({
    path: '/api/work/beside',
    permission: 'case.work',
    object: 'none',
    summary: 'What my units owe beside their tasks: answers to other departments, calls to customers',
    answer: async (who) => {
      const now = await database.now();
      const actor = actorOf(who);
      return {
        joint: await listJointOfUnits(database, actor, now),
        calls: await listOwedCalls(database, handbook.active, actor, now),
      };
    },
  });
  router.write({
    ...head,
    path: '/api/cases/:id/hand-over',
    summary: 'Hands an open task over to another unit, post or person',
    body: handOverSchema,
    command: (tx, who, request) =>
      handOver(tx, deps, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    ...head,
    path: '/api/cases/:id/reject',
    summary: 'Rejects an open task that nobody has taken, for one of three reasons',
    body: rejectSchema,
    command: (tx, who, request) =>
      rejectOrder(tx, deps, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    ...head,
    path: '/api/cases/:id/ask',
    summary: 'Asks another department, in parallel',
    body: askSchema,
    command: (tx, who, request) =>
      askUnit(tx, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    path: '/api/supervisions',
    permission: 'case.work',
    object: 'none',
    summary: 'Supervises several cases at once',
    body: superviseSchema,
    command: (tx, who, request) => superviseCases(tx, actorOf(who), request.body),
  });
  router.write({
    path: '/api/joint-requests/:id/answer',
    permission: 'case.work',
    object: 'other',
    summary: 'Answers what another department asked',
    body: answerSchema,
    command: (tx, who, request) =>
      answerUnit(tx, actorOf(who), {
        ...request.body,
        id: param(request, 'id'),
      }),
  });
  router.write({
    ...head,
    path: '/api/cases/:id/urge',
    permission: 'case.read',
    summary: 'Urges the work on; no clock is reset',
    body: urgeSchema,
    command: (tx, who, request) =>
      urgeCase(tx, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    ...head,
    path: '/api/cases/:id/notes',
    summary: 'Leaves a note on the case',
    body: noteSchema,
    command: (tx, who, request) =>
      addNote(tx, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    ...head,
    path: '/api/cases/:id/link',
    summary: 'Has the case answered by an order that is under way',
    body: linkSchema,
    command: (tx, who, request) =>
      linkCase(tx, deps, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    ...head,
    path: '/api/cases/:id/unlink',
    summary: 'Gives the case back to the order it came from',
    body: unlinkSchema,
    command: (tx, who, request) =>
      unlinkCase(tx, deps, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    ...head,
    path: '/api/cases/:id/reopen',
    summary: 'Opens a closed case again because the customer says that it is not solved',
    body: reopenSchema,
    command: async (tx, who, request) => {
      const actor = actorOf(who);
      const caseId = param(request, 'id');
      const { reason, exception } = request.body;
      const visible = await caseWork(tx, handbook, actor, caseId, tx.now);
      if (visible === undefined) return refuse('http.not-found');
      if (!visible.mayReopen) return refuse('case.not-closed');
      const text = { kind: 'note' as const, field: 'reopen', body: reason };
      const textId = await caseStore(tx, actor.companyId).insertText(caseId, text, actor.personId);
      return await reopenCase(tx, deps, actor, {
        caseId,
        by: 'staff',
        textIds: [textId],
        ...(exception === undefined ? {} : { exception }),
      });
    },
  });
  router.write({
    ...head,
    path: '/api/cases/:id/end',
    summary: 'Asks for the end of service, or records the withdrawal of the customer',
    body: endSchema,
    command: (tx, who, request) =>
      askToEnd(tx, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    path: '/api/end-requests/:id/decide',
    permission: 'case.work',
    object: 'other',
    summary: 'A second person decides on the end of service',
    body: decideSchema,
    command: (tx, who, request) =>
      decideEnd(tx, deps, actorOf(who), {
        ...request.body,
        id: param(request, 'id'),
      }),
  });
  router.read({
    path: '/api/owed-calls',
    permission: 'case.work',
    object: 'none',
    summary: 'Calls that my units owe to customers, lost ones too',
    answer: async (who) => await listOwedCalls(database, handbook.active, actorOf(who), await database.now()),
  });
  router.write({
    path: '/api/owed-calls/:id/attempts',
    permission: 'case.work',
    object: 'other',
    summary: 'Records one attempt to ring a customer',
    body: callSchema,
    command: (tx, who, request) =>
      recordCall(tx, deps, actorOf(who), {
        ...request.body,
        id: param(request, 'id'),
      }),
  });
}
