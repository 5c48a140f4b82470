import { type Instant, MINUTE } from '#kernel/instant.ts';
import type { StepRef } from '#modules/process/domain/index.ts';
import { crewsOnDuty, planOpen, recordFieldEntry, sendCrew } from '#modules/repair/index.ts';
import type { Database } from '#platform/db/db.ts';
import { bringThis, type Home } from './bring-demand.ts';
import { actorOf, doNextStep, must } from './carry-order.ts';
import type { Stage } from './carry-to.ts';
import { seeded } from './seeded.ts';

type SetClock = (at: Instant) => void;

/** Street lamps are the town's: the crew saw it on the way and gave the order back. */
const NOT_OURS = { words: '路灯不亮，整条街都黑', ago: 55 };
/** The customer's words speak for a card of the handbook, one in which the crew is trained. */
const WITH_CARD = [
  { card: 'neutral-broken', words: '灯特别亮，电器烧了' },
  { card: 'terminal-loose', words: '家里的灯忽明忽暗，墙上打火' },
  { card: 'service-drop-broken', words: '门口的接户线耷拉下来了' },
];

/**
 * What the crew that can sign in finds on its phone: a job with the card of its fault. An order that it gave back waits at the dispatchers with
 * the reason. At night others are on call, and the orders go to whoever is there.
 */
export async function bringStandingField(
  stage: Stage,
  database: Database,
  near: readonly Home[],
  setClock: SetClock,
): Promise<number> {
  const back = await sentTo(stage, database, near, { ...NOT_OURS, setClock });
  if (back !== undefined)
    await must(database, (tx) =>
      recordFieldEntry(tx, stage.deps, leadOf(stage), {
        kind: 'back',
        orderId: back,
        ref: refTo('arrive'),
        reason: 'not-ours',
        words: '是市政路灯，请转市政热线',
        at: tx.now,
        clockMoved: false,
      }),
    );
  const now = stage.now - 20 * MINUTE;
  const crew = await ownCrew(stage, database, now);
  const { words = '' } = WITH_CARD.find(({ card }) => crew?.cards.includes(card) === true) ?? {};
  if (words === '') return 1;
  await sentTo(stage, database, near, { words, ago: 20, setClock });
  return 2;
}

/** What the crews would do next is what the repair centre's last plan says: somebody looked at the page this morning. */
export async function keepMorningPlan(stage: Stage, database: Database): Promise<void> {
  await planOpen(database, stage.deps, personOf(stage, 'dispatcher'), true);
}

/** A fault that our crew was sent to and accepted; undefined: our crew is off duty or at something else, and others went. */
async function sentTo(
  stage: Stage,
  database: Database,
  near: readonly Home[],
  { words, ago, setClock }: { readonly words: string; readonly ago: number; readonly setClock: SetClock },
): Promise<string | undefined> {
  const random = seeded(stage.company.seed, words);
  const begun = stage.now - ago * MINUTE;
  const next = () => doNextStep(stage, database, { orderId, at: begun, mayReturn: false }, random);
  setClock(begun);
  const demand = { process: 'repair-low', channel: 'phone' as const, words, share: 0 };
  const accepted = await bringThis(stage, database, demand, random.pick(near), random);
  if (accepted.orderId === null) throw new Error('a repair has an order');
  const { orderId } = accepted;
  setClock(begun + 2 * MINUTE);
  await next();
  const lead = leadOf(stage);
  const crew = await ownCrew(stage, database, begun + 2 * MINUTE);
  if (crew === undefined) {
    await next();
    return undefined;
  }
  await must(database, (tx) =>
    sendCrew(tx, stage.deps, personOf(stage, 'dispatcher'), { orderId, crewId: crew.id }),
  );
  setClock(begun + 5 * MINUTE);
  await must(database, (tx) =>
    recordFieldEntry(tx, stage.deps, lead, {
      kind: 'step',
      orderId,
      ref: refTo('accept'),
      at: tx.now,
      clockMoved: false,
    }),
  );
  return orderId;
}

/** Free, and led by the one who can sign in. */
async function ownCrew(stage: Stage, database: Database, at: Instant) {
  const lead = leadOf(stage);
  const crews = await crewsOnDuty(database, stage.company.id, at);
  return crews.find((one) => one.lead.id === lead.personId && one.job === null);
}

function refTo(step: string): StepRef {
  return { step, caseId: null, round: 1 };
}

function leadOf(stage: Stage) {
  return personOf(stage, 'repair-lead');
}

function personOf({ company }: Stage, login: string) {
  const found = company.logins.find((one) => one.login === login);
  if (found === undefined) throw new Error(`no demonstration sign-in ${login}`);
  return actorOf(company, found.person);
}
