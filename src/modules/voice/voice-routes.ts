import { Type } from 'typebox';
import { refuse } from '#kernel/result.ts';
import { actorOf, type CaseDeps } from '#modules/case/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { appealVerdict, decideAppealOf } from './appeal.ts';
import { findPeople } from './complaint-reads.ts';
import { complaintView } from './complaint-view.ts';
import { deskList } from './desk-list.ts';
import { giveVerdict } from './give-verdict.ts';
import { finishDuty, giveGrade } from './grade-complaint.ts';
import { keepAway, letBack } from './keep-away.ts';
import { liabilityNotices } from './liability-notices.ts';
import { askReclassification, decideReclassificationOf } from './reclassify.ts';
import {
  appealDecisionSchema,
  appealSchema,
  decideReclassificationSchema,
  gradeSchema,
  keepAwaySchema,
  letBackSchema,
  noBodySchema,
  reclassifySchema,
  verdictSchema,
} from './voice-api.ts';

type Deps = { readonly database: Database; readonly handbook: ReturnType<typeof handbookLibrary> };

/** The complaint desk, and what the liable unit is told. */
export function voiceRoutes(router: Router, { database, handbook }: Deps, deps: CaseDeps): void {
  const head = { permission: 'complaint.desk', object: 'case' } as const;
  router.read({
    path: '/api/complaints',
    permission: 'complaint.desk',
    object: 'none',
    summary: 'Complaints or opinions, whose answer is due first on top',
    query: {
      type: Type.Enum(['TS', 'YJ']),
      state: Type.Enum(['open', 'closed']),
      offset: Type.Optional(Type.String({ pattern: '^[0-9]{1,5}$' })),
    },
    answer: async (who, request) => {
      const { type, state, offset = '0' } = request.query as ListQuery;
      const filter = { type, state, offset: Number(offset) };
      return await deskList(database, handbook, actorOf(who), filter, await database.now());
    },
  });
  router.read({
    ...head,
    path: '/api/complaints/:id',
    summary: 'The desk of one complaint: limits, grade, verdict, appeal, who keeps away, reclassification',
    answer: async (who, request) => {
      const id = param(request, 'id');
      return (
        (await complaintView(database, handbook, actorOf(who), id, await database.now())) ??
        refuse('http.not-found')
      );
    },
  });
  router.read({
    path: '/api/complaint-people',
    permission: 'complaint.desk',
    object: 'none',
    summary: 'People of the company whose name begins so',
    query: { name: Type.String({ minLength: 1, maxLength: 20 }) },
    answer: async (who, request) =>
      await findPeople(database, who.companyId, (request.query as { name: string }).name),
  });
  router.read({
    path: '/api/liability-notices',
    permission: 'complaint.appeal',
    object: 'none',
    summary: 'What my units were found liable for',
    answer: async (who) => await liabilityNotices(database, actorOf(who)),
  });
  router.write({
    ...head,
    path: '/api/complaints/:id/grade',
    summary: 'Grades a complaint by what is known of it',
    body: gradeSchema,
    command: (tx, who, request) =>
      giveGrade(tx, deps, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    ...head,
    path: '/api/complaints/:id/verdict',
    summary: 'Says whether a complaint is true and who is liable',
    body: verdictSchema,
    command: (tx, who, request) =>
      giveVerdict(tx, deps, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    ...head,
    path: '/api/complaints/:id/appeal-decision',
    summary: 'Decides the appeal of the liable unit',
    body: appealDecisionSchema,
    command: (tx, who, request) =>
      decideAppealOf(tx, deps, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    ...head,
    path: '/api/complaints/:id/keep-away',
    summary: 'Somebody keeps away from a complaint',
    body: keepAwaySchema,
    command: (tx, who, request) =>
      keepAway(tx, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    ...head,
    path: '/api/complaints/:id/let-back',
    summary: 'Somebody need not keep away any more',
    body: letBackSchema,
    command: (tx, who, request) =>
      letBack(tx, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    ...head,
    path: '/api/complaints/:id/reclassify',
    summary: 'Asks to make an opinion of a complaint',
    body: reclassifySchema,
    command: (tx, who, request) =>
      askReclassification(tx, deps, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    path: '/api/reclassifications/:id/decide',
    permission: 'complaint.desk',
    object: 'other',
    summary: 'A second person decides on a reclassification',
    body: decideReclassificationSchema,
    command: (tx, who, request) =>
      decideReclassificationOf(tx, deps, actorOf(who), {
        ...request.body,
        id: param(request, 'id'),
      }),
  });
  router.write({
    path: '/api/complaint-duties/:id/done',
    permission: 'complaint.desk',
    object: 'other',
    summary: 'A duty of a grade is done',
    body: noBodySchema,
    command: (tx, who, request) => finishDuty(tx, actorOf(who), param(request, 'id')),
  });
  router.write({
    path: '/api/liability-notices/:id/appeal',
    permission: 'complaint.appeal',
    object: 'other',
    summary: 'The unit found liable appeals, once',
    body: appealSchema,
    command: (tx, who, request) =>
      appealVerdict(tx, deps, actorOf(who), {
        ...request.body,
        verdictId: param(request, 'id'),
      }),
  });
}

type ListQuery = { readonly type: 'TS' | 'YJ'; readonly state: 'open' | 'closed'; readonly offset?: string };
