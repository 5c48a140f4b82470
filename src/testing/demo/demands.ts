import type { Random } from './seeded.ts';

/** What somebody of the demonstration wants: invented words of the kind that counters hear. */
export type Demand = {
  readonly process: string;
  readonly channel: 'hall' | 'phone' | 'visit' | 'letter';
  readonly words: string;
  /** Of 100 demands, about how many are of this kind. */
  readonly share: number;
  readonly mood?: 'upset' | 'furious';
  /** The demand is about the station of the household. */
  readonly accusesStation?: boolean;
};

export const DEMANDS: readonly Demand[] = [
  { process: 'repair-low', channel: 'phone', words: '家里突然没电了，邻居家有电', share: 16 },
  {
    process: 'repair-low',
    channel: 'phone',
    words: '表箱里冒火花，有焦味，已经拉了闸',
    share: 6,
    mood: 'upset',
  },
  { process: 'repair-low', channel: 'hall', words: '半边房间没电，开关推上去又跳', share: 5 },
  {
    process: 'repair-medium',
    channel: 'phone',
    words: '整个村都停电了，变压器那边响了一声',
    share: 5,
    mood: 'upset',
  },
  { process: 'quality-low-voltage', channel: 'phone', words: '晚上电压低，空调带不动，灯发暗', share: 7 },
  {
    process: 'quality-frequent-outage',
    channel: 'phone',
    words: '这个月已经停了四次电，冰柜里的货都化了',
    share: 4,
    mood: 'upset',
  },
  { process: 'inquiry', channel: 'phone', words: '想问峰谷电价怎么算，划不划算', share: 12 },
  { process: 'inquiry', channel: 'hall', words: '一户多人口需要什么材料，几天能办好', share: 8 },
  { process: 'account-change', channel: 'hall', words: '房子卖了，要过户', share: 8 },
  { process: 'resident-connection', channel: 'hall', words: '新房要报装，装修队下周进场', share: 7 },
  { process: 'account-update', channel: 'hall', words: '换了手机号，收不到电费短信', share: 5 },
  { process: 'meter-test', channel: 'hall', words: '怀疑电表走得快，想校表', share: 4 },
  { process: 'meter-fault', channel: 'phone', words: '电表黑屏，不显示数字', share: 3 },
  { process: 'reading-fault', channel: 'hall', words: '上个月电费比平常多了一倍，请查一下抄表', share: 4 },
  { process: 'reconnection', channel: 'phone', words: '电费已经交清，什么时候给送电', share: 3 },
  {
    process: 'complaint',
    channel: 'phone',
    words: '打了两次电话都说来人，一直没来，再这样就找 12345',
    share: 3,
    mood: 'furious',
    accusesStation: true,
  },
  { process: 'opinion', channel: 'visit', words: '停电通知贴得太晚，老人看不到', share: 3 },
  { process: 'suggestion', channel: 'visit', words: '建议村口加一个缴费机，老人不会用手机', share: 2 },
  { process: 'praise', channel: 'hall', words: '下大雨师傅还来修，半小时就好了，谢谢', share: 3 },
  {
    process: 'appliance-damage',
    channel: 'phone',
    words: '来电的时候电视一下子烧了',
    share: 2,
    mood: 'upset',
  },
];

export function pickDemand(random: Random): Demand {
  const total = DEMANDS.reduce((sum, demand) => sum + demand.share, 0);
  let left = random.int(total);
  for (const demand of DEMANDS) {
    left -= demand.share;
    if (left < 0) return demand;
  }
  throw new Error('shares do not add up');
}
