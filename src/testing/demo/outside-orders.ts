import { HOUR, MINUTE } from '#kernel/instant.ts';
import { type OutsideOrder, receiveOrder, writeTime } from '#modules/door/index.ts';
import type { Database } from '#platform/db/db.ts';
import { type Cast, must } from './carry-order.ts';

type DemoOrder = {
  readonly door: '95598' | '12398' | '12345';
  /** How long ago they accepted it. */
  readonly ago: number;
  readonly order: OutsideOrder;
  /** They sent it again with other words. */
  readonly again?: string;
};

/** What lies in the inbox of the doors on the first day: taken in, changed by them, and to be completed. */
const ORDERS: readonly DemoOrder[] = [
  {
    door: '95598',
    ago: 25 * MINUTE,
    order: {
      kind: '故障报修/低压',
      contactName: '于女士',
      contactPhone: '16400000101',
      area: '农村',
      place: '村委会东侧',
      words: '客户来电反映一户无电，表后开关已合，请尽快到现场。',
      urgency: '紧急',
    },
  },
  {
    door: '95598',
    ago: 26 * HOUR,
    order: {
      kind: '意见/抄表催费',
      contactName: '王先生',
      contactPhone: '16400000102',
      words: '客户反映催费短信在深夜发送，影响休息，希望改进。',
    },
    again: '客户反映催费短信在深夜发送，影响休息，希望改进；客户要求三日内答复。',
  },
  {
    door: '12345',
    ago: 3 * 24 * HOUR,
    order: {
      kind: '公共服务',
      contactName: '姜女士',
      contactPhone: '16400000103',
      place: '小区北门',
      words: '市民反映小区北门变压器夜间噪声较大，请供电公司处理。',
    },
  },
  {
    door: '12398',
    ago: 5 * 24 * HOUR,
    order: {
      kind: '供电服务',
      contactName: '刘先生',
      contactPhone: '16400000104',
      words: '反映新装申请后一周无人联系，请核查。',
    },
  },
  {
    door: '95598',
    ago: 2 * HOUR,
    order: {
      kind: '其他',
      contactName: '孙女士',
      contactPhone: '16400000105',
      words: '客户来电询问村口电线杆旁施工何时结束。',
    },
  },
];

/** Orders of other systems, pasted in by an officer of the control centre just now; answers how many became cases. */
export async function bringOutsideOrders(cast: Cast, database: Database): Promise<number> {
  const officer = cast.company.logins.find((one) => one.login === 'control-officer')?.person;
  if (officer === undefined) throw new Error('the demonstration has no control officer');
  let cases = 0;
  for (const [i, { door, ago, order, again }] of ORDERS.entries()) {
    const arrival = {
      companyId: cast.company.id,
      door,
      way: 'paste' as const,
      keyId: null,
      personId: officer.id,
    };
    const sent = again === undefined ? [order] : [order, { ...order, words: again }];
    for (const one of sent) {
      const { state, arrived } = await must(database, (tx) => {
        const number = `${writeTime(tx.now).slice(0, 10).replaceAll('-', '')}${String(871 + i).padStart(6, '0')}`;
        const full = { ...one, number, startedAt: writeTime(tx.now - ago) };
        return receiveOrder(tx, cast.deps, arrival, full);
      });
      if (arrived === 'first' && state === 'accepted') cases += 1;
    }
  }
  return cases;
}
