import { HOUR, type Instant } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { type CaseActor, takeStep } from '#modules/case/index.ts';
import { appealVerdict, giveGrade, giveVerdict } from '#modules/voice/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { bringThis, type Home } from './bring-demand.ts';
import { actorOf, must } from './carry-order.ts';
import type { Demand } from './demands.ts';
import { carryTo, type Stage } from './carry-to.ts';
import { type Random, seeded } from './seeded.ts';

type Known = Omit<Parameters<typeof giveGrade>[3], 'caseId' | 'seq' | 'round'>;

const PLAIN: Known = {
  complaintClass: 'service',
  passedOnBy: 'none',
  media: 'none',
  mayCauseMassIncident: false,
  seriousOpinionRisk: false,
  injury: false,
  threatensGovernmentOrMedia: false,
  repeatedComplaint: false,
};

type Story = {
  readonly words: string;
  readonly hoursAgo: number;
  readonly known: Known;
  /** Where it waits; `appeal`: the station was found liable and appealed. */
  readonly at: 'grade' | 'investigate' | 'verdict' | 'appeal';
};

/** A complaint of each grade for the head of the inspection group, one under appeal, one that waits to be graded. */
const STORIES: readonly Story[] = [
  { words: '催费的人态度很差，说话难听', hoursAgo: 52, known: PLAIN, at: 'verdict' },
  {
    words: '报装一个多月没人管，再不办我就找 12345',
    hoursAgo: 46,
    known: { ...PLAIN, complaintClass: 'business', threatensGovernmentOrMedia: true },
    at: 'verdict',
  },
  {
    words: '施工把院墙碰倒了，人也伤着了，没人来看',
    hoursAgo: 30,
    known: { ...PLAIN, complaintClass: 'building', injury: true },
    at: 'verdict',
  },
  {
    words: '整个小区联名：停电从来不通知，已经反映到上级部门',
    hoursAgo: 26,
    known: { ...PLAIN, complaintClass: 'outage', passedOnBy: 'state' },
    at: 'verdict',
  },
  {
    words: '说好上午来修，等到天黑没人来也没人说',
    hoursAgo: 74,
    known: { ...PLAIN, complaintClass: 'outage' },
    at: 'appeal',
  },
  {
    words: '交了钱说没交，让我跑了三趟',
    hoursAgo: 8,
    known: { ...PLAIN, complaintClass: 'business' },
    at: 'investigate',
  },
  { words: '打了五次电话都占线，夜里冻了一宿', hoursAgo: 0.2, known: PLAIN, at: 'grade' },
];

const GROUNDS = '派工记录和通话录音显示，承办人超过约定时间未到场，也没有提前告知，未按抢修服务规范办理';
const APPEAL = '当日两处高压故障，抢修班全员在岗，已在群里通知，请复核派工时间';

/** Complaints as the complaint desk finds them in the morning. Answers how many. */
export async function bringStandingComplaints(
  stage: Stage,
  database: Database,
  households: readonly Home[],
  setClock: (at: Instant) => void,
): Promise<number> {
  const random = seeded(stage.company.seed, 'complaints');
  const station = stage.company.units.byCode('station-05').id;
  const homes = households.filter((home) => home.station_id === station);
  for (const story of STORIES) await bring(stage, database, story, random.pick(homes), random, setClock);
  return STORIES.length;
}

async function bring(
  stage: Stage,
  database: Database,
  story: Story,
  household: Home,
  random: Random,
  setClock: (at: Instant) => void,
): Promise<void> {
  const begun = stage.now - story.hoursAgo * HOUR;
  setClock(begun);
  const demand: Demand = {
    process: 'complaint',
    channel: 'phone',
    words: story.words,
    share: 0,
    mood: 'upset',
    accusesStation: true,
  };
  const { caseId, orderId } = await bringThis(stage, database, demand, household, random);
  if (orderId === null || story.at === 'grade') return;
  const one = { caseId, orderId };
  const actor = (login: string) => actorOf(stage.company, personOf(stage, login));
  setClock(begun + 0.2 * HOUR);
  await judge(stage, database, one, 'grade', actor('control-officer'), (tx, who, seq) =>
    giveGrade(tx, stage.deps, who, { ...story.known, caseId, seq, round: 1 }),
  );
  const step = story.at === 'appeal' ? 'verdict' : story.at;
  await carryTo(stage, database, { orderId, begun: begun + 0.3 * HOUR, step }, random, setClock);
  if (story.at !== 'appeal') return;
  const liableUnitId = household.station_id;
  const { id } = await judge(stage, database, one, 'verdict', actor('inspection-head'), (tx, who, seq) =>
    giveVerdict(tx, stage.deps, who, {
      caseId,
      seq,
      round: 1,
      verdict: 'founded',
      liability: 'unit',
      liableUnitId,
      grounds: GROUNDS,
    }),
  );
  setClock(stage.now - 2 * HOUR);
  await must(database, (tx) =>
    appealVerdict(tx, stage.deps, actor('station-lead'), { verdictId: id, words: APPEAL }),
  );
}

/** Takes a step of the desk and judges it. */
async function judge<T extends object>(
  stage: Stage,
  database: Database,
  { orderId }: { readonly orderId: string },
  step: string,
  who: CaseActor,
  decide: (
    tx: Parameters<Parameters<typeof must<T>>[1]>[0],
    who: CaseActor,
    seq: number,
  ) => ReturnType<Parameters<typeof must<T>>[1]>,
): Promise<T> {
  const { seq } = await database.one<{ seq: number }>(
    sql`select o.seq from orders o where o.id = ${orderId}`,
  );
  return await must<T>(database, async (tx) => {
    const ref = { step, caseId: null, round: 1 };
    const taken = await takeStep(tx, stage.deps, who, { orderId, seq, ref });
    return isRefusal(taken) ? taken : await decide(tx, who, taken.seq);
  });
}

function personOf(stage: Stage, login: string) {
  const found = stage.company.logins.find((one) => one.login === login);
  if (found === undefined) throw new Error(`no demonstration sign-in ${login}`);
  return found.person;
}
