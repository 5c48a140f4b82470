import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { askUnit, type CaseActor, urgeCase } from '#modules/case/index.ts';
import { callMeeting } from '#modules/meeting/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { bringThis, type Home, listHouseholds } from './bring-demand.ts';
import { actorOf, must } from './carry-order.ts';
import { carryTo, type Stage } from './carry-to.ts';
import type { Demand } from './demands.ts';
import { bringDrills } from './standing-drills.ts';
import { bringStandingOnes } from './standing-ones.ts';
import { bringStandingComplaints } from './standing-complaints.ts';
import { bringStandingField, keepMorningPlan } from './standing-field.ts';
import { bringStandBy } from './standing-stand-by.ts';
import { bringStandingTellings } from './standing-tellings.ts';
import { type Random, seeded } from './seeded.ts';

/**
 * Demands that wait on the first morning: of each kind how many, how long ago the first and the last of them came (hours),
 * and the step that they wait at. By that some are late, some nearly. Nearly all of this file is that list, hence its length.
 */
type Standing = {
  readonly process: string;
  readonly words: readonly string[];
  readonly channel: Demand['channel'];
  readonly at: string;
  readonly count: number;
  readonly ago: readonly [number, number];
  readonly mood?: Demand['mood'];
};

const STANDING: readonly Standing[] = [
  {
    process: 'repair-low',
    channel: 'phone',
    words: [
      '整栋楼没电，分支箱那里有焦味',
      '家里一闪一闪，表箱里打火',
      '接户线被树枝刮断了',
      '没电了，邻居家有',
      '电表黑屏',
    ],
    at: 'dispatch',
    count: 5,
    ago: [0.1, 0.6],
  },
  {
    process: 'repair-medium',
    channel: 'phone',
    words: ['全村停电，变压器那边响了一声'],
    at: 'dispatch',
    count: 1,
    ago: [0.2, 0.2],
  },
  {
    process: 'repair-low',
    channel: 'phone',
    words: ['整栋楼三户没电', '电表箱嗡嗡响，灯一闪一闪', '路边电杆上的线垂下来了'],
    at: 'arrive',
    count: 3,
    ago: [0.4, 1.2],
    mood: 'upset',
  },
  {
    process: 'repair-low',
    channel: 'phone',
    words: ['家里跳闸合不上'],
    at: 'accept',
    count: 1,
    ago: [0.2, 0.2],
  },
  {
    process: 'repair-low',
    channel: 'phone',
    words: ['院里没电，井泵停了'],
    at: 'fix',
    count: 2,
    ago: [2, 4.5],
  },
  {
    process: 'repair-medium',
    channel: 'phone',
    words: ['半个村没电，线路那边冒过火花'],
    at: 'permission',
    count: 1,
    ago: [1.6, 1.6],
    mood: 'upset',
  },
  {
    process: 'repair-medium',
    channel: 'phone',
    words: ['镇上一条街都停了'],
    at: 'fix',
    count: 1,
    ago: [2.8, 2.8],
  },
  {
    process: 'quality-low-voltage',
    channel: 'phone',
    words: ['晚饭时候电压低，冰箱启动不了', '灯泡发红，电视看一会儿就关', '水泵带不动'],
    at: 'plan',
    count: 5,
    ago: [30, 190],
  },
  {
    process: 'quality-low-voltage',
    channel: 'visit',
    words: ['大棚卷帘机带不动'],
    at: 'measure',
    count: 2,
    ago: [20, 50],
  },
  {
    process: 'quality-frequent-outage',
    channel: 'phone',
    words: ['一个月停了四回', '一刮风就停，厂里赶不出货'],
    at: 'plan',
    count: 4,
    ago: [40, 200],
    mood: 'upset',
  },
  {
    process: 'resident-connection',
    channel: 'hall',
    words: ['新房装修要用电', '老屋翻建，想单独立户'],
    at: 'survey',
    count: 4,
    ago: [6, 100],
  },
  {
    process: 'resident-connection',
    channel: 'hall',
    words: ['车库要装一块表'],
    at: 'inspect',
    count: 3,
    ago: [60, 170],
  },
  {
    process: 'resident-connection',
    channel: 'hall',
    words: ['新房通电'],
    at: 'answer',
    count: 2,
    ago: [50, 70],
  },
  {
    process: 'account-change',
    channel: 'hall',
    words: ['房子过户给儿子', '公司改了名字'],
    at: 'answer',
    count: 3,
    ago: [8, 40],
  },
  {
    process: 'meter-fault',
    channel: 'phone',
    words: ['电表不走字', '表屏幕黑了'],
    at: 'handle',
    count: 4,
    ago: [10, 120],
  },
  {
    process: 'meter-test',
    channel: 'hall',
    words: ['怀疑表快，申请校验'],
    at: 'handle',
    count: 3,
    ago: [20, 140],
  },
  {
    process: 'reading-fault',
    channel: 'hall',
    words: ['这个月电费突然翻倍'],
    at: 'handle',
    count: 3,
    ago: [15, 110],
  },
  {
    process: 'reconnection',
    channel: 'phone',
    words: ['欠费交了，什么时候来电'],
    at: 'handle',
    count: 2,
    ago: [3, 26],
  },
  {
    process: 'inquiry',
    channel: 'phone',
    words: ['光伏并网要什么手续', '阶梯电价怎么算'],
    at: 'handle',
    count: 3,
    ago: [4, 30],
  },
  {
    process: 'inquiry',
    channel: 'hall',
    words: ['充电桩怎么报装', '一户多人口怎么申请'],
    at: 'answer',
    count: 4,
    ago: [20, 45],
  },
  {
    process: 'account-update',
    channel: 'hall',
    words: ['换了手机号'],
    at: 'answer',
    count: 2,
    ago: [20, 30],
  },
  {
    process: 'appliance-damage',
    channel: 'phone',
    words: ['来电时电视烧了'],
    at: 'handle',
    count: 2,
    ago: [5, 30],
  },
  {
    process: 'opinion',
    channel: 'visit',
    words: ['停电通知贴得太晚'],
    at: 'handle',
    count: 3,
    ago: [30, 190],
  },
  {
    process: 'suggestion',
    channel: 'visit',
    words: ['村口加一台缴费机'],
    at: 'review',
    count: 2,
    ago: [90, 150],
  },
];

/** Brings about what waits on the first morning, each by the commands of the people whose work it is. */
export async function bringStandingWork(stage: Stage): Promise<number> {
  let now = stage.now;
  const database = stage.openAt(() => now);
  const random = seeded(stage.company.seed, 'standing');
  const setClock = (at: Instant) => (now = at);
  try {
    const households = await listHouseholds(database);
    // Half of it with the station whose people can sign in, so that their pages are not empty.
    const station = stage.company.units.byCode('station-05').id;
    const near = households.filter((home) => home.station_id === station);
    // First, while its crew is free.
    let count = await bringStandingField(stage, database, near, setClock);
    for (const standing of STANDING)
      for (let i = 0; i < standing.count; i++) {
        const share = standing.count === 1 ? 0 : i / (standing.count - 1);
        const hours = standing.ago[0] + (standing.ago[1] - standing.ago[0]) * share;
        await bring(
          stage,
          database,
          { standing, i, hours, household: random.pick(i % 2 === 0 ? near : households) },
          random,
          setClock,
        );
        count += 1;
      }
    const complaints = await bringStandingComplaints(stage, database, households, setClock);
    await superviseSome(stage, database, setClock);
    count += await bringStandingOnes(stage, database, near, setClock);
    await bringStandingTellings(stage, database, setClock);
    await bringStandBy(stage, database, setClock);
    setClock(stage.now);
    await keepMorningPlan(stage, database);
    const drilled = await bringDrills(stage, database, officerOf(stage), setClock);
    return count + complaints + drilled;
  } finally {
    await database.close();
  }
}

async function bring(
  stage: Stage,
  database: Database,
  one: { readonly standing: Standing; readonly i: number; readonly hours: number; readonly household: Home },
  random: Random,
  setClock: (at: Instant) => void,
): Promise<void> {
  const { standing, household } = one;
  const { process, channel, words, mood } = standing;
  const begun = stage.now - one.hours * HOUR;
  setClock(begun);
  const demand: Demand = {
    process,
    channel,
    words: words[one.i % words.length] ?? '',
    share: 0,
    ...(mood === undefined ? {} : { mood }),
  };
  const { orderId } = await bringThis(stage, database, demand, household, random);
  if (orderId !== null)
    await carryTo(stage, database, { orderId, begun, step: standing.at }, random, setClock);
}

function officerOf({ company }: Stage): CaseActor {
  const found = company.logins.find((one) => one.login === 'control-officer');
  if (found === undefined) throw new Error('no demonstration sign-in control-officer');
  return actorOf(company, found.person);
}

/** What the control centre did about it this morning: two are supervised, one department asked, a meeting called. */
async function superviseSome(
  stage: Stage,
  database: Database,
  setClock: (at: Instant) => void,
): Promise<void> {
  const { company } = stage;
  const person = (login: string) => {
    const found = company.logins.find((one) => one.login === login);
    if (found === undefined) throw new Error(`no demonstration sign-in ${login}`);
    return actorOf(company, found.person);
  };
  const officer = person('control-officer');
  const unit = (code: string) => company.units.byCode(code).id;
  const oldest = await database.rows<{ id: string; process: string }>(sql`
    select c.id, c.process from cases c where c.state = 'open' and c.process like 'quality-%' order by c.accepted_at limit 4`);
  const [first, second, third] = oldest;
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('the demonstration has too few open cases to supervise');
  setClock(stage.now - 50 * MINUTE);
  const ask = async (caseId: string, code: string, kind: 'joint' | 'supervision', question: string) =>
    await must(database, (tx) =>
      askUnit(tx, officer, { caseId, unitId: unit(code), question, hours: 8, kind }),
    );
  await ask(first.id, 'operation', 'supervision', '超过答复时限，今天下班前说明方案和时间');
  await ask(second.id, 'operation', 'supervision', '客户第二次来催，请说明卡在哪里');
  await ask(third.id, 'planning', 'joint', '请确认台区改造是否列入下一批项目');
  await must(database, (tx) =>
    urgeCase(tx, officer, { caseId: second.id, words: '客户来催，问什么时候能好' }),
  );
  await must(database, (tx) =>
    callMeeting(tx, officer, {
      caseIds: [first.id, second.id],
      unitIds: [unit('operation'), unit('planning'), unit('supplies')],
      meetsAt: stage.now + 5 * HOUR,
      words: '低电压和频繁停电两件超时，定下方案、物资和完成时间',
    }),
  );
}
