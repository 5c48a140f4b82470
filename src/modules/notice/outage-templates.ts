import { awaited, neighbour, type Template } from './template.ts';

/** How it stands with an outage, to whoever reported it; `neighbour-…` to the others who are dark by it, and to those who rang without making a demand of it. */
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
  'outage-late': awaited('停电进展：不能按时复电', 'Outage: later than said', [
    '【{company}】您报修的停电 {no}：原先说的 {saidAt|time} 来不及恢复，仍在抢修，抱歉。最迟 {nextAt|time} 再告知您进展。',
    '[{company}] Your outage {no}: supply will not be back at {saidAt|time} as we said; the repair goes on. We are sorry. Next news by {nextAt|time}.',
  ]),
  'outage-partly-back': awaited('停电进展：部分复电', 'Outage: partly back', [
    '【{company}】您报修的停电 {no}：部分客户已恢复供电，其余正在抢修。最迟 {nextAt|time} 再告知您进展。',
    '[{company}] Your outage {no}: some customers have supply again, the rest is being repaired. Next news by {nextAt|time}.',
  ]),
  'outage-back': awaited('停电进展：已复电', 'Outage: supply is back', [
    '【{company}】您报修的停电 {no}：已恢复供电。如您家仍没有电，请拨打 95598，我们马上再来。',
    '[{company}] Your outage {no}: supply is back. If you are still without, call 95598 and we come again at once.',
  ]),
  'neighbour-sought': neighbour('停电告知：正在查找', 'Neighbours: being looked for', [
    '【{company}】您户号尾号 {tail} 的用电处 {since|time} 起停电，正在查找故障点，最迟 {nextAt|time} 再告知。家里有电请回复 1，不再接收请回复 TD。',
    '[{company}] The supply of your account ending in {tail} has been off since {since|time}; the fault is being located. Next news by {nextAt|time}. Reply 1 if you have supply, TD for no more messages.',
  ]),
  'neighbour-crew-sent': neighbour('停电告知：人员已出发', 'Neighbours: crew on its way', [
    '【{company}】您户号尾号 {tail} 的用电处 {since|time} 起停电，抢修人员已出发，最迟 {nextAt|time} 再告知。家里有电请回复 1，不再接收请回复 TD。',
    '[{company}] The supply of your account ending in {tail} has been off since {since|time}; a crew is on its way. Next news by {nextAt|time}. Reply 1 if you have supply, TD for no more messages.',
  ]),
  'neighbour-crew-there': neighbour('停电告知：人员已到场', 'Neighbours: crew on site', [
    '【{company}】您户号尾号 {tail} 的用电处 {since|time} 起停电，抢修人员已到现场，正在查找原因，最迟 {nextAt|time} 再告知。家里有电请回复 1，不再接收请回复 TD。',
    '[{company}] The supply of your account ending in {tail} has been off since {since|time}; the crew is on site. Next news by {nextAt|time}. Reply 1 if you have supply, TD for no more messages.',
  ]),
  'neighbour-awaiting-permission': neighbour('停电告知：等待许可', 'Neighbours: permission awaited', [
    '【{company}】您户号尾号 {tail} 的用电处停电，故障已查明，正等待调度许可后动手，这是为了人身安全。最迟 {nextAt|time} 再告知。家里有电请回复 1，不再接收请回复 TD。',
    '[{company}] Account ending in {tail}: the fault is found; for safety the work waits for permission. Next news by {nextAt|time}. Reply 1 if you have supply, TD for no more messages.',
  ]),
  'neighbour-repairing': neighbour('停电告知：正在抢修', 'Neighbours: being repaired', [
    '【{company}】您户号尾号 {tail} 的用电处 {since|time} 起停电，正在抢修，最迟 {nextAt|time} 再告知。家里有电请回复 1，不再接收请回复 TD。',
    '[{company}] The supply of your account ending in {tail} has been off since {since|time} and is being repaired. Next news by {nextAt|time}. Reply 1 if you have supply, TD for no more messages.',
  ]),
  'neighbour-estimate': neighbour('停电告知：预计复电', 'Neighbours: expected back', [
    '【{company}】您户号尾号 {tail} 的用电处停电，预计 {estimate|time} 恢复供电，如有变化会在此之前告知。家里有电请回复 1，不再接收请回复 TD。',
    '[{company}] Account ending in {tail}: supply is expected back at {estimate|time}. If that changes you hear before. Reply 1 if you have supply, TD for no more messages.',
  ]),
  'neighbour-moved': neighbour('停电告知：复电时间变更', 'Neighbours: another time', [
    '【{company}】您户号尾号 {tail} 的用电处，预计恢复供电改为 {estimate|time}，抱歉。如再有变化会在此之前告知。家里有电请回复 1，不再接收请回复 TD。',
    '[{company}] Account ending in {tail}: supply is now expected back at {estimate|time}. We are sorry. Reply 1 if you have supply, TD for no more messages.',
  ]),
  'neighbour-late': neighbour('停电告知：不能按时复电', 'Neighbours: later than said', [
    '【{company}】您户号尾号 {tail} 的用电处，原先说的 {saidAt|time} 来不及恢复，仍在抢修，抱歉。最迟 {nextAt|time} 再告知。家里有电请回复 1，不再接收请回复 TD。',
    '[{company}] Account ending in {tail}: supply will not be back at {saidAt|time} as we said; the repair goes on. We are sorry. Next news by {nextAt|time}. Reply 1 if you have supply, TD for no more messages.',
  ]),
  'neighbour-partly-back': neighbour('停电告知：部分复电', 'Neighbours: partly back', [
    '【{company}】停电范围内部分客户已恢复供电，您户号尾号 {tail} 的用电处仍在抢修，最迟 {nextAt|time} 再告知。家里有电请回复 1，不再接收请回复 TD。',
    '[{company}] Part of the outage has supply again; the place of your account ending in {tail} is still being repaired. Next news by {nextAt|time}. Reply 1 if you have supply, TD for no more messages.',
  ]),
  'neighbour-back': neighbour('停电告知：已复电', 'Neighbours: supply is back', [
    '【{company}】您户号尾号 {tail} 的用电处已于 {litAt|time} 恢复供电。家里有电请回复 1，还没有电请回复 2，我们马上再来。',
    '[{company}] Supply is back at the place of your account ending in {tail} since {litAt|time}. Reply 1 if you have it, 2 if you are still without and we come again at once.',
  ]),
};
