import { refuse } from '#kernel/result.ts';
import { actorOf, seesOrder } from '#modules/case/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { coverageOf } from './coverage.ts';
import { crewActor } from './crew-actor.ts';
import {
  bookingSchema,
  crewSchema,
  membersSchema,
  minimumSchema,
  nothingSchema,
  positionSchema,
  shiftSchema,
  skillSchema,
  trainingSchema,
  vehicleSchema,
  vehicleStateSchema,
} from './crew-api.ts';
import { addCrew, closeCrew, setMembers, setShift, withdrawShift } from './crew-commands.ts';
import { grantSkill, keepPosition, recordTraining } from './crew-people-commands.ts';
import { pointsView, pointView } from './crew-reads.ts';
import { addVehicle, bookMaterial, setMinimum, setVehicleState } from './crew-stock-commands.ts';
import { shiftPolicy, trainingMonths } from './dispatch-policy.ts';

type Deps = { readonly database: Database; readonly handbook: ReturnType<typeof handbookLibrary> };

/** The 65 grid points: crews, shifts, people, vehicles, materials. */
export function crewRoutes(router: Router, deps: Deps): void {
  pointReads(router, deps);
  crewWrites(router, deps);
  peopleWrites(router, deps);
  stockWrites(router);
}

function pointReads(router: Router, { database, handbook }: Deps): void {
  router.read({
    path: '/api/repair/points',
    permission: 'crew.read',
    object: 'none',
    summary: 'The grid points: who stands ready there now, and what runs short',
    answer: async (who) => await pointsView(database, crewActor(who), await database.now()),
  });
  router.read({
    path: '/api/repair/points/:id',
    permission: 'crew.read',
    object: 'other',
    summary: 'A grid point with its crews, shifts, people, vehicles and materials',
    answer: async (who, request) => {
      const of = { gridPointId: param(request, 'id'), now: await database.now() };
      const version = await handbook.active(database, who.companyId);
      return (await pointView(database, crewActor(who), version, of)) ?? refuse('http.not-found');
    },
  });
  router.read({
    path: '/api/repair/coverage',
    permission: 'crew.read',
    object: 'none',
    summary: 'How many households a crew reaches within the promised arrival, and the villages outside of it',
    answer: async (who) =>
      await coverageOf(database, who.companyId, await handbook.active(database, who.companyId)),
  });
}

function crewWrites(router: Router, { handbook }: Deps): void {
  router.write({
    path: '/api/repair/crews',
    permission: 'crew.manage',
    object: 'none',
    summary: 'Sets up a crew at a grid point',
    body: crewSchema,
    command: (tx, who, request) => addCrew(tx, crewActor(who), request.body),
  });
  router.write({
    path: '/api/repair/crews/:id/close',
    permission: 'crew.manage',
    object: 'other',
    summary: 'Closes a crew without work and shifts',
    body: nothingSchema,
    command: (tx, who, request) => closeCrew(tx, crewActor(who), param(request, 'id')),
  });
  router.write({
    path: '/api/repair/crews/:id/members',
    permission: 'crew.manage',
    object: 'other',
    summary: 'Who belongs to a crew',
    body: membersSchema,
    command: (tx, who, request) => setMembers(tx, crewActor(who), param(request, 'id'), request.body.people),
  });
  router.write({
    path: '/api/repair/crews/:id/shifts',
    permission: 'crew.manage',
    object: 'other',
    summary: 'Sets a shift: who is in charge, who watches, from when until when',
    body: shiftSchema,
    command: async (tx, who, request) => {
      const policy = shiftPolicy(await handbook.active(tx, who.companyId));
      return await setShift(tx, crewActor(who), policy, param(request, 'id'), request.body);
    },
  });
  router.write({
    path: '/api/repair/shifts/:id/withdraw',
    permission: 'crew.manage',
    object: 'other',
    summary: 'Takes a shift back, or ends it now',
    body: nothingSchema,
    command: (tx, who, request) => withdrawShift(tx, crewActor(who), param(request, 'id')),
  });
}

function peopleWrites(router: Router, { handbook }: Deps): void {
  router.write({
    path: '/api/repair/people/:id/skills',
    permission: 'crew.manage',
    object: 'person',
    summary: 'What a person may do, until when',
    body: skillSchema,
    command: (tx, who, request) => grantSkill(tx, crewActor(who), param(request, 'id'), request.body),
  });
  router.write({
    path: '/api/repair/trainings',
    permission: 'crew.manage',
    object: 'none',
    summary: 'People were trained on the card of a typical fault',
    body: trainingSchema,
    command: async (tx, who, request) => {
      const version = await handbook.active(tx, who.companyId);
      const of = { cards: version?.handbook.faultCards ?? [], months: trainingMonths(version) };
      return await recordTraining(tx, crewActor(who), of, request.body);
    },
  });
  router.write({
    path: '/api/repair/position',
    permission: 'case.work',
    object: 'none',
    summary: 'Where my crew is; kept only while it is on duty',
    body: positionSchema,
    command: (tx, who, request) => keepPosition(tx, crewActor(who), request.body),
  });
}

function stockWrites(router: Router): void {
  router.write({
    path: '/api/repair/points/:id/vehicles',
    permission: 'crew.manage',
    object: 'other',
    summary: 'A vehicle of a grid point',
    body: vehicleSchema,
    command: (tx, who, request) => addVehicle(tx, crewActor(who), param(request, 'id'), request.body),
  });
  router.write({
    path: '/api/repair/vehicles/:id/state',
    permission: 'crew.manage',
    object: 'other',
    summary: 'A vehicle is ready, in repair, or gone',
    body: vehicleStateSchema,
    command: (tx, who, request) =>
      setVehicleState(tx, crewActor(who), param(request, 'id'), request.body.state),
  });
  router.write({
    path: '/api/repair/points/:id/minimum',
    permission: 'crew.manage',
    object: 'other',
    summary: 'How much of a material shall lie at a grid point',
    body: minimumSchema,
    command: (tx, who, request) => setMinimum(tx, crewActor(who), param(request, 'id'), request.body),
  });
  router.write({
    path: '/api/repair/points/:id/stock',
    permission: 'case.work',
    object: 'other',
    summary: 'Takes material from a grid point, refills or corrects it',
    body: bookingSchema,
    command: async (tx, who, request) => {
      const { orderId } = request.body;
      if (orderId !== undefined && !(await seesOrder(tx, actorOf(who), orderId)))
        return refuse('order.unknown');
      return await bookMaterial(tx, crewActor(who), param(request, 'id'), request.body);
    },
  });
}
