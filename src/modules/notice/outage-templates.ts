import { awaited, type Template } from './template.ts';

/** How it stands with an outage, to whoever reported it. */
export const outageTemplates: Readonly<Record<string, Template>> = {
  'outage-sought': awaited('停电进展：正在查找', 'Outage: being looked for', [
    '【{company}】您报修的停电 {no}：正在查找故障点。最迟 {nextAt|time} 再告知您进展。',
    '[{company}] Your outage {no}: the fault is being located. Next news by {nextAt|time}.',
  ]),
  'outage-crew-sent': awaited('停电进展：人员已出发', 'Outage: crew on its way', [
    '【{company}】您报修的停电 {no}：已派抢修人员前往。最迟 {nextAt|time} 再告知您进展。',
    '[{company}] Your outage {no}: a crew is on its way. Next news by {nextAt|time}.',
  ]),
  'outage-crew-there': awaited('停电进展：人员已到场', 'Outage: crew on site', [
    '【{company}】您报修的停电 {no}：抢修人员已到现场，正在查找原因。最迟 {nextAt|time} 再告知您进展。',
    '[{company}] Your outage {no}: the crew is on site and looks for the cause. Next news by {nextAt|time}.',
  ]),
  'outage-awaiting-permission': awaited('停电进展：等待许可', 'Outage: permission awaited', [
    '【{company}】您报修的停电 {no}：故障已查明，正等待调度许可后动手，这是为了人身安全。最迟 {nextAt|time} 再告知您进展。',
    '[{company}] Your outage {no}: the fault is found; for safety the work waits for permission. Next news by {nextAt|time}.',
  ]),
  'outage-repairing': awaited('停电进展：正在抢修', 'Outage: being repaired', [
    '【{company}】您报修的停电 {no}：正在抢修。最迟 {nextAt|time} 再告知您进展。',
    '[{company}] Your outage {no}: it is being repaired. Next news by {nextAt|time}.',
  ]),
  'outage-estimate': awaited('停电进展：预计复电', 'Outage: expected back', [
    '【{company}】您报修的停电 {no}：预计 {estimate|time} 恢复供电。如有变化，会在此之前告知您。',
    '[{company}] Your outage {no}: supply is expected back at {estimate|time}. If that changes you hear before.',
  ]),
  'outage-moved': awaited('停电进展：复电时间变更', 'Outage: another time', [
    '【{company}】您报修的停电 {no}：预计恢复供电改为 {estimate|time}，给您带来不便，抱歉。如再有变化，会在此之前告知您。',
    '[{company}] Your outage {no}: supply is now expected back at {estimate|time}. We are sorry. If that changes you hear before.',
  ]),
  'outage-partly-back': awaited('停电进展：部分复电', 'Outage: partly back', [
    '【{company}】您报修的停电 {no}：部分客户已恢复供电，其余正在抢修。最迟 {nextAt|time} 再告知您进展。',
    '[{company}] Your outage {no}: some customers have supply again, the rest is being repaired. Next news by {nextAt|time}.',
  ]),
  'outage-back': awaited('停电进展：已复电', 'Outage: supply is back', [
    '【{company}】您报修的停电 {no}：已恢复供电。如您家仍没有电，请拨打 95598，我们马上再来。',
    '[{company}] Your outage {no}: supply is back. If you are still without, call 95598 and we come again at once.',
  ]),
};
