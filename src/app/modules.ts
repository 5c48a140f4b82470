import type { FastifyInstance } from 'fastify';
import type { EventTypes } from '#kernel/event-types.ts';
import { attachmentEventTypes, attachmentPersonal, attachmentRoutes } from '#modules/attachment/index.ts';
import { auditLoops, auditRoutes } from '#modules/audit/index.ts';
import { clockChangeRoutes, companyClocks } from '#modules/clock/index.ts';
import {
  type CaseDeps,
  caseEventTypes,
  caseLoops,
  casePersonal,
  caseRoutes,
  caseWorkRoutes,
  clockRoutes,
  commitmentRoutes,
  supplyRoutes,
  visibleCase,
} from '#modules/case/index.ts';
import { customerPersonal, customerRoutes, nameReadings } from '#modules/customer/index.ts';
import {
  doorDoors,
  doorEventTypes,
  doorLoops,
  doorPersonal,
  doorRoutes,
  keyOf,
} from '#modules/door/index.ts';
import { callHints, hallDoors, hallEventTypes, hallPersonal, hallRoutes } from '#modules/hall/index.ts';
import { clockLoops, heldTasks, orderEventTypes, waitingTasks, withheld } from '#modules/order/index.ts';
import { customerDoors, linkEventTypes, linkRoutes } from '#modules/link/index.ts';
import { meetingEventTypes, meetingRoutes } from '#modules/meeting/index.ts';
import { networkHints, networkRoutes } from '#modules/network/index.ts';
import {
  darkAlarmLoop,
  darkAlarmRoutes,
  incidentHints,
  meterDoor,
  outageEventTypes,
  outageLoops,
  outageRoutes,
  plannedHints,
  plannedLoops,
  plannedPersonal,
  plannedRoutes,
  secondSupplyLoop,
  supplyNoticeDoor,
  supplyNoticeLoops,
  supplyNoticeRoutes,
} from '#modules/outage/index.ts';
import { orgPersonal, orgRoutes } from '#modules/org/index.ts';
import { bellHints, noticeLoops, noticePersonal, noticeRoutes } from '#modules/notice/index.ts';
import {
  commandRoutes,
  crewRoutes,
  type DispatchDeps,
  dispatchLoops,
  dispatchRoutes,
  faultCardRoutes,
  fieldRoutes,
  drillLoops,
  drillRoutes,
  fiveOnesRoutes,
  permissionRoutes,
  repairEventTypes,
  repairPersonal,
  travelLoops,
  tellingLoop,
} from '#modules/repair/index.ts';
import { scoreEventTypes, scoreLoops, scoreRoutes } from '#modules/score/index.ts';
import { voiceEventTypes, voiceRoutes } from '#modules/voice/index.ts';
import { type BlankDeps, privacyLoops, privacyPersonal, privacyRoutes } from '#modules/privacy/index.ts';
import type { PersonalRows } from '#platform/db/personal-rows.ts';
import type { Router } from '#platform/http/router.ts';
import type { Loop } from '#platform/loop.ts';
import { demoOutside } from '#platform/outside.ts';
import { passingVault } from '#platform/vault.ts';
import type { AppDeps } from './app-deps.ts';
import type { HintSource } from './live-route.ts';

/** What can be had in another thread as well. */
export type HeavyDeps = Pick<AppDeps, 'database' | 'handbook' | 'days' | 'clockScale'>;

/** What a module gives to the program: its routes, and what it does beside the requests. */
type Module = {
  readonly name: string;
  readonly routes?: (router: Router, deps: AppDeps) => void;
  /** Routes of those who have no staff session: customers' links, devices, other programs. Each checks its own token. */
  readonly doors?: (app: FastifyInstance, deps: AppDeps) => void;
  /** What open pages should ask again about; beside every move of an order, which is always told. */
  readonly hints?: (deps: AppDeps) => HintSource;
  readonly loops?: (deps: AppDeps) => readonly Loop[];
  /** The same for what computes so long that requests would wait for it: run in a thread of its own. */
  readonly heavyLoops?: (deps: HeavyDeps) => readonly Loop[];
  /** The types of event that it writes; boot refuses others (check-event-types.ts). */
  readonly events?: readonly EventTypes[];
  /** What it keeps of persons, and for how long (design rule 8). */
  readonly personal?: readonly PersonalRows[];
};

/** The one list of modules. Sign-in is wired apart (build-app.ts): it is what the other routes stand behind. */
export const modules: readonly Module[] = [
  {
    name: 'org',
    personal: orgPersonal,
    routes: (router, { database, handbook, outside = demoOutside, vault = passingVault }) =>
      orgRoutes(router, {
        database,
        neighbours: { readings: nameReadings, heldTasks, waitingTasks },
        codes: { vault, bySms: outside.sms !== null },
        posts: async (db, companyId) => (await handbook.active(db, companyId))?.handbook.posts ?? [],
      }),
  },
  { name: 'customer', routes: customerRoutes, personal: customerPersonal },
  {
    name: 'notice',
    personal: noticePersonal,
    routes: (router, deps) => noticeRoutes(router, deps, { visible: visibleCase, withheld }),
    hints: (deps) => bellHints(deps.database),
    loops: noticeLoops,
  },
  {
    name: 'clock',
    routes: (router, deps) => clockChangeRoutes(router, { ...caseDepsOf(deps), database: deps.database }),
  },
  { name: 'order', events: [orderEventTypes], loops: (deps) => clockLoops({ ...deps, ...caseDepsOf(deps) }) },
  { name: 'audit', routes: auditRoutes, loops: auditLoops },
  {
    name: 'case',
    events: [caseEventTypes],
    personal: casePersonal,
    routes: (router, deps) => {
      const caseDeps = caseDepsOf(deps);
      caseRoutes(router, deps, caseDeps);
      clockRoutes(router, deps.database, caseDeps);
      caseWorkRoutes(router, deps, caseDeps);
      supplyRoutes(router, deps.database, caseDeps);
      commitmentRoutes(router, deps);
    },
    loops: (deps) => caseLoops(deps.database, caseDepsOf(deps)),
  },
  {
    name: 'attachment',
    events: [attachmentEventTypes],
    personal: attachmentPersonal,
    routes: attachmentRoutes,
  },
  {
    name: 'link',
    events: [linkEventTypes],
    routes: (router, deps) => linkRoutes(router, deps, caseDepsOf(deps)),
    doors: (app, deps) => customerDoors(app, deps, caseDepsOf(deps)),
  },
  {
    name: 'voice',
    events: [voiceEventTypes],
    routes: (router, deps) => voiceRoutes(router, deps, caseDepsOf(deps)),
  },
  { name: 'meeting', events: [meetingEventTypes], routes: meetingRoutes },
  {
    name: 'hall',
    events: [hallEventTypes],
    personal: hallPersonal,
    routes: (router, deps) => hallRoutes(router, deps, caseDepsOf(deps)),
    doors: (app, deps) => hallDoors(app, deps, caseDepsOf(deps)),
    hints: (deps) => callHints(deps.database),
  },
  {
    name: 'door',
    events: [doorEventTypes],
    personal: doorPersonal,
    routes: (router, deps) => doorRoutes(router, deps.database, caseDepsOf(deps)),
    doors: (app, deps) => doorDoors(app, deps, caseDepsOf(deps)),
    loops: (deps) => doorLoops(deps.database, caseDepsOf(deps)),
  },
  {
    name: 'repair',
    personal: repairPersonal,
    events: [repairEventTypes],
    loops: (deps) => [
      ...travelLoops(deps.database),
      ...dispatchLoops(deps.database, dispatchDepsOf(deps)),
      tellingLoop(deps),
      ...drillLoops(deps),
    ],
    routes: (router, deps) => {
      crewRoutes(router, deps);
      dispatchRoutes(router, deps.database, dispatchDepsOf(deps));
      faultCardRoutes(router, deps);
      fiveOnesRoutes(router, deps, caseDepsOf(deps));
      permissionRoutes(router, deps, caseDepsOf(deps));
      drillRoutes(router, deps, caseDepsOf(deps));
      fieldRoutes(router, deps, caseDepsOf(deps));
      commandRoutes(router, deps, dispatchDepsOf(deps));
    },
  },
  { name: 'network', routes: networkRoutes, hints: (deps) => networkHints(deps.database) },
  {
    name: 'outage',
    personal: plannedPersonal,
    events: [outageEventTypes],
    hints: (deps) => {
      const sources = [incidentHints(deps.database), plannedHints(deps.database)];
      return async (since) => (await Promise.all(sources.map((source) => source(since)))).flat();
    },
    heavyLoops: (deps) => outageLoops(deps.database, caseDepsOf(deps), deps.clockScale),
    loops: (deps) => [
      ...plannedLoops(deps.database, caseDepsOf(deps)),
      ...supplyNoticeLoops(deps.database, caseDepsOf(deps)),
      darkAlarmLoop(deps.database, caseDepsOf(deps)),
      secondSupplyLoop(deps.database, caseDepsOf(deps)),
    ],
    routes: (router, deps) => {
      outageRoutes(router, deps, caseDepsOf(deps));
      plannedRoutes(router, deps.database, caseDepsOf(deps));
      supplyNoticeRoutes(router, deps.database);
      darkAlarmRoutes(router, deps.database);
    },
    doors: (app, deps) => {
      meterDoor(app, deps.database, caseDepsOf(deps), (request) => keyOf(deps.database, request, 'events'));
      supplyNoticeDoor(app, deps.database, (request) => keyOf(deps.database, request, 'notices'));
    },
  },
  {
    name: 'score',
    events: [scoreEventTypes],
    routes: (router, deps) => scoreRoutes(router, deps, caseDepsOf(deps)),
    loops: (deps) => scoreLoops(deps.database, caseDepsOf(deps)),
  },
  {
    name: 'privacy',
    personal: privacyPersonal,
    routes: (router, deps) => privacyRoutes(router, blankDepsOf(deps)),
    loops: (deps) => privacyLoops(blankDepsOf(deps)),
  },
];

/** Every type of event that some module writes. */
export const declaredEvents: readonly EventTypes[] = modules.flatMap((one) => one.events ?? []);

/** All that is kept of persons, by whichever module. */
export const declaredPersonal: readonly PersonalRows[] = modules.flatMap((one) => one.personal ?? []);

function blankDepsOf({ database, handbook }: Pick<AppDeps, 'database' | 'handbook'>): BlankDeps {
  return { database, activeHandbook: handbook.active, personal: declaredPersonal };
}

/** What commands on cases and orders need beside the transaction. */
export function caseDepsOf(deps: Pick<AppDeps, 'handbook' | 'days'>): CaseDeps {
  return {
    activeHandbook: deps.handbook.active,
    version: deps.handbook.version,
    clockBasis: companyClocks(deps.days),
  };
}

/** Those, and the roads where a routing server knows them. */
function dispatchDepsOf(deps: AppDeps): DispatchDeps {
  return { ...caseDepsOf(deps), ...(deps.roads === undefined ? {} : { roads: deps.roads }) };
}
