import { isRefusal, refuse } from '#kernel/result.ts';
import { actorOf } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Principal, type Router } from '#platform/http/router.ts';
import { CENTRE, crewActor } from './crew-actor.ts';
import { nothingSchema } from './crew-api.ts';
import type { DispatchDeps } from './dispatch-board.ts';
import { reassignSchema, sendSchema, settingsSchema, standBySchema } from './dispatch-api.ts';
import { candidatesOf } from './dispatch-candidates.ts';
import { reassignCrew, sendCrew } from './dispatch-commands.ts';
import { orderSmsView, sendOrderSms } from './order-sms.ts';
import { askStandBy, callBackStandBy } from './stand-by-commands.ts';
import { pastFaults } from './stand-by-reads.ts';
import { setDispatch } from './dispatch-settings.ts';
import { sharedPlans, viewOf } from './dispatch-view.ts';

const clock = () => performance.now();

/** Who goes where: proposals, sending, storm. */
export function dispatchRoutes(router: Router, database: Database, deps: DispatchDeps): void {
  const plans = sharedPlans(database, deps, clock);
  const past = pastFaults(database, clock);
  router.read({
    path: '/api/repair/dispatch',
    permission: 'crew.dispatch',
    object: 'none',
    summary: 'Repair orders to which nobody was sent, and who should go, with reasons and alternatives',
    answer: async (who) => {
      const planned = await plans.plan(actorOf(who), who.unit.code === CENTRE);
      if (planned === undefined) return refuse('case.no-handbook');
      const known = await past(actorOf(who), planned.board.version);
      return await viewOf(database, who.companyId, planned, known, mayOf(who));
    },
  });
  router.read({
    path: '/api/repair/dispatch/:id/crews',
    permission: 'crew.dispatch',
    object: 'order',
    summary: 'Every crew that stands ready, for one order: when it would be there, or why it cannot go',
    answer: async (who, request) => {
      const of = { orderId: param(request, 'id'), now: await database.now() };
      return await candidatesOf(database, deps, actorOf(who), of);
    },
  });
  router.write({
    path: '/api/repair/dispatch/:id',
    permission: 'crew.dispatch',
    object: 'order',
    summary: 'Sends a crew to an order',
    body: sendSchema,
    command: async (tx, who, request) => {
      const of = { orderId: param(request, 'id'), ...request.body };
      const sent = await sendCrew(tx, deps, actorOf(who), of);
      if (!isRefusal(sent)) plans.forget(who.companyId);
      return sent;
    },
  });
  router.write({
    path: '/api/repair/dispatch/:id/reassign',
    permission: 'crew.dispatch',
    object: 'order',
    summary: 'Sends another crew instead, for a reason',
    body: reassignSchema,
    command: async (tx, who, request) => {
      const of = { orderId: param(request, 'id'), ...request.body };
      const sent = await reassignCrew(tx, deps, actorOf(who), of);
      if (!isRefusal(sent)) plans.forget(who.companyId);
      return sent;
    },
  });
  router.read({
    path: '/api/repair/dispatch/:id/sms',
    permission: 'crew.dispatch',
    object: 'order',
    summary: 'The order as SMS to the crew that was sent: to whom, and what became of it',
    answer: async (who, request) => {
      const of = { orderId: param(request, 'id'), now: await database.now() };
      return await orderSmsView(database, actorOf(who), of);
    },
  });
  router.write({
    path: '/api/repair/dispatch/:id/sms',
    permission: 'crew.dispatch',
    object: 'order',
    summary: 'Sends the order as SMS to the person in charge of the crew, for when there is no network',
    body: nothingSchema,
    command: async (tx, who, request) => await sendOrderSms(tx, actorOf(who), param(request, 'id')),
  });
  router.write({
    path: '/api/repair/dispatch-settings',
    permission: 'crew.dispatch',
    object: 'none',
    summary: 'Storm or not, and how far the program sends by itself',
    body: settingsSchema,
    command: async (tx, who, request) => {
      const set = await setDispatch(tx, { ...actorOf(who), ...crewActor(who) }, request.body);
      if (!isRefusal(set)) plans.forget(who.companyId);
      return set;
    },
  });
  router.write({
    path: '/api/repair/crews/:id/stand-by',
    permission: 'crew.dispatch',
    object: 'other',
    summary: 'Asks an idle crew to wait at another point',
    body: standBySchema,
    command: async (tx, who, request) => {
      const asked = await askStandBy(tx, crewActor(who), { crewId: param(request, 'id'), ...request.body });
      if (!isRefusal(asked)) plans.forget(who.companyId);
      return asked;
    },
  });
  router.write({
    path: '/api/repair/crews/:id/stand-by/end',
    permission: 'crew.dispatch',
    object: 'other',
    summary: 'Asks a crew that waits elsewhere back to its own point',
    body: nothingSchema,
    command: async (tx, who, request) => {
      const back = await callBackStandBy(tx, crewActor(who), param(request, 'id'));
      if (!isRefusal(back)) plans.forget(who.companyId);
      return back;
    },
  });
}

function mayOf(who: Principal) {
  const sends = who.permissions.includes('crew.dispatch') && who.unit.code === CENTRE;
  return { maySend: sends, mayChangeSettings: sends };
}
