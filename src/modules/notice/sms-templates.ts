import { awaited, type Template } from './template.ts';

/** Answers to an SMS that nobody had asked for: at any hour, for he waits. */
export const smsTemplates: Readonly<Record<string, Template>> = {
  'sms-taken': awaited('短信报修受理', 'SMS report taken', [
    '【{company}】已收到您的短信报修，编号 {no}。{next}不要碰断落的电线和进水的电器。进度、补充：{link}',
    '[{company}] Your SMS has been taken as report {no}. {next}Keep away from fallen wires and wet appliances. Progress: {link}',
  ]),
  'sms-inside': awaited('短信报修：电表有电', 'SMS report: the meter has supply', [
    '【{company}】报修 {no}：您家电表 {litAt|time} 回答有电，多半是家里的开关跳了。请看一下表后总开关；拉不上或有焦味就别动，等我们的人来。',
    '[{company}] Report {no}: your meter answered at {litAt|time} that it has supply, so your own switch may have tripped. Look at the main switch; if it does not hold or smells burnt leave it and wait for our people.',
  ]),
  'sms-hazard': awaited('短信报险受理', 'Danger by SMS', [
    '【{company}】收到，马上派人，编号 {no}。断线、倒杆、有人触电：不要靠近，不要用手拉人，看住别人也不靠近。请立即拨打 95598 说清地点，起火拨 119，有人受伤拨 120。',
    '[{company}] Received ({no}), we are sending people. Keep away and keep others away; do not touch a person who is being shocked. Call 95598 now and say where it is; fire 119, injured 120.',
  ]),
  'sms-again': awaited('短信补充已记下', 'SMS added to the report', [
    '【{company}】已记到您的报修 {no} 上，不用重复报。{next}进度：{link}',
    '[{company}] Added to your report {no}; there is no need to report again. {next}Progress: {link}',
  ]),
  'sms-known': awaited('短信答复：停电已知道', 'SMS answered: known outage', [
    '【{company}】您的用电处{householdId|household} {since|time} 起停电，我们已经知道，正在处理，最迟 {nextAt|time} 有新消息。只有您一家没电，请回复“报修”。',
    '[{company}] The supply of your account{householdId|household} has been off since {since|time}; we know and are at it. Next news by {nextAt|time}. If it is only your house, reply REPAIR.',
  ]),
  'sms-known-there': awaited('短信答复：人员已到场', 'SMS answered: crew on site', [
    '【{company}】您的用电处{householdId|household} {since|time} 起停电，抢修人员 {arrivedAt|time} 已到现场，最迟 {nextAt|time} 有新消息。只有您一家没电，请回复“报修”。',
    '[{company}] The supply of your account{householdId|household} has been off since {since|time}; a crew has been on site since {arrivedAt|time}. Next news by {nextAt|time}. If it is only your house, reply REPAIR.',
  ]),
  'sms-known-estimate': awaited('短信答复：预计复电', 'SMS answered: expected back', [
    '【{company}】您的用电处{householdId|household} {since|time} 起停电，预计 {expectedAt|time} 恢复，如有变化会在此之前告知。只有您一家没电，请回复“报修”。',
    '[{company}] The supply of your account{householdId|household} has been off since {since|time} and is expected back at {expectedAt|time}; if that changes you hear before. If it is only your house, reply REPAIR.',
  ]),
  'sms-announced': awaited('短信答复：已公告的停电', 'SMS answered: announced outage', [
    '【{company}】您的用电处{householdId|household} {since|time} 起停电，这次停电已公告，预计 {expectedAt|time} 送电。到时还没电，请回复“报修”。',
    '[{company}] The supply of your account{householdId|household} is off since {since|time} as announced, expected back at {expectedAt|time}. If it is not, reply REPAIR.',
  ]),
  'sms-which': awaited('短信答复：哪一户', 'SMS answered: which account', [
    '【{company}】本号码名下有 {count} 户，不知道是哪一户没电。请回复“停电”加户号后四位。有危险请直接拨打 95598。',
    '[{company}] This number belongs to {count} accounts. Reply OUTAGE and the last four digits of the one without supply. In danger call 95598.',
  ]),
  'sms-how': awaited('短信答复：请说明地点', 'SMS answered: name the place', [
    '【{company}】收到，但这个号码没有登记，不知道您在哪里，还没有派人。请回复“停电”加户号，或加乡镇、村（小区）和门牌，例如：停电 某某镇某某村12号。也可拨打 95598。',
    '[{company}] Received, but this number is not registered and nobody has been sent: we do not know where you are. Reply OUTAGE and the account number, or town, village (compound) and house number; or call 95598.',
  ]),
};
