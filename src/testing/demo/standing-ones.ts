import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { dayStart } from '#modules/case/index.ts';
import type { Facts } from '#modules/process/domain/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { bringThis, type Home } from './bring-demand.ts';
import { doNextStep, nextTask, type WayBack } from './carry-order.ts';
import type { Stage } from './carry-to.ts';
import { seeded } from './seeded.ts';

/** What is not as usual at a step: it goes back from there, or says something of its own. */
type Turn = { readonly step: string; readonly back?: WayBack; readonly values?: (at: Instant) => Facts };

type Story = {
  readonly words: string;
  /** Hour of yesterday at which it was reported. */
  readonly hour: number;
  /** Minutes from step to step. */
  readonly pace: number;
  readonly turns: readonly Turn[];
  /** A household whose supply was back less than seven days before reports again. */
  readonly again?: boolean;
};

/** Yesterday, so that the report of the morning has something of each kind. */
const STORIES: readonly Story[] = [
  {
    words: '一楼三户没电，表箱里有焦味',
    hour: 9,
    pace: 11,
    turns: [
      {
        step: 'survey',
        back: { to: 'dispatch', exception: 'lack-material', reason: '没带同规格的接线端子' },
      },
    ],
  },
  {
    words: '接户线断在院墙上',
    hour: 13,
    pace: 12,
    turns: [
      { step: 'restore', back: { to: 'fix', exception: 'weather', reason: '雷雨停不下来，登杆作业中断' } },
    ],
  },
  {
    words: '整条巷子没电，分支箱进水',
    hour: 14,
    pace: 10,
    turns: [
      { step: 'survey', values: () => ({ supplyFirst: true }) },
      {
        step: 'supply-first',
        values: (at) => ({ supplyWay: 'bypass', firstResuppliedAt: at, repairPlannedAt: at + 30 * HOUR }),
      },
    ],
  },
  { words: '修好没几天，又没电了', hour: 16, pace: 9, turns: [], again: true },
];

const MOST_STEPS = 30;
/** Where the stories stop: the customer is told and rung in the daytime, the lasting repair is still to come. */
const ENDS = ['callback', 'come-again'];

/** 五个一: a failed visit, an excuse, a supply-first, a repeat. */
export async function bringStandingOnes(
  stage: Stage,
  database: Database,
  near: readonly Home[],
  setClock: (at: Instant) => void,
): Promise<number> {
  const random = seeded(stage.company.seed, 'ones');
  const yesterday = dayStart(stage.now) - DAY;
  for (const story of STORIES) {
    const begun = yesterday + story.hour * HOUR;
    const back = story.again === true ? await lately(database, begun) : undefined;
    const home = near.find(({ id }) => id === back) ?? random.pick(near);
    setClock(begun);
    const demand = { process: 'repair-low', channel: 'phone' as const, words: story.words, share: 0 };
    const { orderId } = await bringThis(stage, database, demand, home, random);
    if (orderId === null) throw new Error('a repair has an order');
    await play(stage, database, { orderId, begun, story }, setClock);
  }
  return STORIES.length;
}

async function play(
  stage: Stage,
  database: Database,
  { orderId, begun, story }: { readonly orderId: string; readonly begun: Instant; readonly story: Story },
  setClock: (at: Instant) => void,
): Promise<void> {
  const random = seeded(stage.company.seed, story.words);
  const turns = [...story.turns];
  for (let i = 1; i <= MOST_STEPS; i++) {
    const at = begun + i * story.pace * MINUTE;
    setClock(at);
    const task = await nextTask(database, orderId);
    if (task === undefined || ENDS.includes(task.step)) return;
    const turn = turns.findIndex((one) => one.step === task.step);
    const [now] = turn === -1 ? [] : turns.splice(turn, 1);
    const values = now?.values?.(at);
    const said = {
      ...(values === undefined ? {} : { values }),
      ...(now?.back === undefined ? {} : { back: now.back }),
    };
    await doNextStep(stage, database, { orderId, at: begun, mayReturn: false, ...said }, random);
  }
}

/** A household whose supply came back within the last week before this moment. */
async function lately(database: Database, before: Instant): Promise<string | undefined> {
  const row = await database.maybe<{ id: string }>(sql`
    select c.household_id as id from cases c
    join case_orders l on l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null
    join order_events e on e.company_id = l.company_id and e.stream_id = l.order_id and e.type = 'step.done'
      and e.data #>> '{ref,step}' = 'restore'
    where c.household_id is not null and c.business = 'repair' and c.drill_id is null
      and e.occurred_at < ${new Date(before)} and e.occurred_at > ${new Date(before - 6 * DAY)}
    order by e.occurred_at desc, c.id limit 1`);
  return row?.id;
}
