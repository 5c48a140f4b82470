import { outageTemplates } from './outage-templates.ts';
import { smsTemplates } from './sms-templates.ts';
import { awaited, mute, type Template } from './template.ts';

/**
 * The catalogue of everything that goes out, whole in one file, hence its length. A message row names its template and holds ids, codes and numbers; the
 * text is put together here when it is sent or shown. Placeholders: `{name}` from the row's data or from the case
 * (`no`, `company`, `process`, `unit`, `link`); `{name|time}` an instant,
 * `{name|by}` the end of a span (the end of a day is its 24:00), `{name|limit}` a limit of the handbook,
 * `{name|reason}` a reason of the five ones, `{name|help}` what a crew asks for, `{name|unit}`, `{name|person}`, `{name|point}`, `{name|household}`, `{name|case}`
 * and `{name|order}` a row of the company by id (a case and an order are called by the case's number).
 *
 * Tone towards customers (domain-rules §3.6): what was done, what happens next, by when; no excuses, no advertising.
 */
const CUSTOMER: Readonly<Record<string, Template>> = {
  'case-accepted': {
    class: 'service',
    name: { zh: '受理告知', en: 'Accepted' },
    text: {
      zh: '【{company}】您的诉求已受理，编号 {no}（{process}）。{next}查看进度、补充情况：{link}',
      en: '[{company}] Your request {no} ({process}) has been accepted. {next}Progress and additions: {link}',
    },
  },
  'case-answered': {
    class: 'service',
    name: { zh: '办结告知', en: 'Result and two questions' },
    text: {
      zh: '【{company}】您的诉求 {no}（{process}）已办结。解决了吗？满意吗？请点 {link} 作答，或回复：1 解决且满意，2 没有解决，3 解决但不满意。',
      en: '[{company}] Your request {no} ({process}) is done. Solved? Satisfied? Answer at {link} or reply: 1 solved and satisfied, 2 not solved, 3 solved but dissatisfied.',
    },
    mail: {
      zh: '【{company}】您的诉求 {no}（{process}）已办结。解决了吗？满意吗？请点 {link} 作答。',
      en: '[{company}] Your request {no} ({process}) is done. Solved? Satisfied? Answer at {link}',
    },
  },
  'supply-back': {
    class: 'service',
    name: { zh: '复电告知', en: 'Supply is back' },
    text: {
      zh: '【{company}】您报的停电（{no}）已恢复送电。家里有电请回复 1；还没有电请回复 2 或点 {link}，我们马上再来。',
      en: '[{company}] Supply is back after the outage you reported ({no}). Reply 1 if you have it; 2, or {link}, if you are still without and we come again at once.',
    },
    mail: {
      zh: '【{company}】您报的停电（{no}）已恢复送电。家里还没有电的，请点 {link} 告诉我们，或拨打 95598。',
      en: '[{company}] Supply is back after the outage you reported ({no}). If you are still without it, tell us at {link} or call 95598.',
    },
  },
  'case-reopened': {
    class: 'service',
    name: { zh: '重新办理告知', en: 'Reopened' },
    text: {
      zh: '【{company}】收到，您的诉求 {no} 还没有解决，已重新办理。进度：{link}',
      en: '[{company}] Understood: your request {no} is not solved and has been reopened. Progress: {link}',
    },
  },
  'evaluation-kept': {
    class: 'service',
    name: { zh: '评价已收到', en: 'Evaluation already recorded' },
    text: {
      zh: '【{company}】诉求 {no} 的评价此前已收到，以第一次为准。如有新情况请拨打 95598。',
      en: '[{company}] Your answer about {no} was already recorded; the first one counts. For anything new call 95598.',
    },
  },
  'commitment-made': {
    class: 'service',
    name: { zh: '承诺告知', en: 'Commitment' },
    text: {
      zh: '【{company}】您的诉求 {no}：我们承诺最迟 {dueAt|by} 做到，到期前会再告知您。详情：{link}',
      en: '[{company}] Your request {no}: we will have done it by {dueAt|by} and tell you before then. Details: {link}',
    },
  },
  'commitment-moved': {
    class: 'service',
    name: { zh: '承诺变更告知', en: 'Commitment moved' },
    text: {
      zh: '【{company}】您的诉求 {no}：承诺的时间改为 {dueAt|by}，到期前我们会再告知您。给您带来不便，抱歉。详情：{link}',
      en: '[{company}] Your request {no}: the promised time is now {dueAt|by}; we will tell you before then. We are sorry. Details: {link}',
    },
  },
  'repair-late': {
    class: 'service',
    name: { zh: '晚到说明', en: 'Why the crew is late' },
    text: {
      zh: '【{company}】您报修的 {no}：抢修人员因{why|reason}未能按时到达，请您谅解。进度：{link}',
      en: '[{company}] Your report {no}: the crew could not arrive in time ({why|reason}). We are sorry. Progress: {link}',
    },
  },
  'repair-again': {
    class: 'service',
    name: { zh: '再次到场说明', en: 'Why the crew must come again' },
    text: {
      zh: '【{company}】您报修的 {no}：因{why|reason}，抢修需要再次进行，我们会继续办到有电为止。进度：{link}',
      en: '[{company}] Your report {no}: the repair must go on another time ({why|reason}). We stay with it until you have supply. Progress: {link}',
    },
  },
  'supplied-first': {
    class: 'service',
    name: { zh: '先复电后抢修', en: 'Supply first, repair later' },
    text: {
      zh: '【{company}】您报修的 {no} 已先用临时措施恢复供电，抢修人员 {at|time} 再来彻底修好，届时会短时停电，来前再联系您。进度：{link}',
      en: '[{company}] Your report {no}: you have supply by a temporary means. The crew comes again at {at|time} for the lasting repair, with a short outage; we call before. Progress: {link}',
    },
  },
  'papers-missing': {
    class: 'service',
    name: { zh: '补件告知', en: 'Papers still missing' },
    text: {
      zh: '【{company}】您的诉求 {no} 还差 {count} 份资料，清单在 {link} ，可拍照补交，也可带到任一营业厅。',
      en: '[{company}] Your request {no} still lacks {count} papers, listed at {link} : photograph and send them, or bring them to any hall.',
    },
  },
};

/** To households that will be, or are, without supply: what, from when to when, and where to ask. */
const SUPPLY: Readonly<Record<string, Template>> = {
  'planned-notice': {
    class: 'service',
    name: { zh: '停电通知', en: 'Planned outage' },
    text: {
      zh: '【{company}】停电通知：您户号尾号 {tail} 的用电处，计划于 {fromAt|time} 至 {untilAt|time} 停电，请提前做好准备。有困难请拨打 95598。',
      en: '[{company}] Planned outage: the supply of your account ending in {tail} will be off from {fromAt|time} to {untilAt|time}. If that is a difficulty call 95598.',
    },
  },
  'planned-moved': {
    class: 'service',
    name: { zh: '停电时间变更', en: 'Planned outage moved' },
    text: {
      zh: '【{company}】停电时间变更：户号尾号 {tail} 的停电改为 {fromAt|time} 至 {untilAt|time}，原通知的时间作废。咨询请拨打 95598。',
      en: '[{company}] The outage of your account ending in {tail} is now from {fromAt|time} to {untilAt|time}; the time told before no longer holds. Questions: 95598.',
    },
  },
  'planned-reminder': {
    class: 'service',
    name: { zh: '停电提醒', en: 'Outage reminder' },
    text: {
      zh: '【{company}】提醒：户号尾号 {tail} 将于 {fromAt|time} 至 {untilAt|time} 停电，请备好照明和用水。咨询请拨打 95598。',
      en: '[{company}] Reminder: your account ending in {tail} will be without supply from {fromAt|time} to {untilAt|time}. Questions: 95598.',
    },
  },
  'planned-cancelled': {
    class: 'hazard',
    name: { zh: '停电取消', en: 'Outage cancelled' },
    text: {
      zh: '【{company}】停电取消：户号尾号 {tail} 原定 {fromAt|time} 的停电不再进行，正常用电。给您带来不便，抱歉。',
      en: '[{company}] Cancelled: the outage of your account ending in {tail} at {fromAt|time} will not take place. We are sorry for the trouble.',
    },
  },
  'planned-late': {
    class: 'service',
    name: { zh: '延迟送电', en: 'Supply back later' },
    text: {
      zh: '【{company}】延迟送电：户号尾号 {tail} 的停电工作未能按时完成，预计 {untilAt|time} 送电，再有变化会提前告知您。抱歉。',
      en: '[{company}] The work takes longer: supply of your account ending in {tail} is expected back at {untilAt|time}. We will tell you before then if that changes. We are sorry.',
    },
  },
};

const STAFF: Readonly<Record<string, Template>> = {
  'clock-warning': mute('时限预警', 'Deadline warning', [
    '{no}：{limitId|limit} 已用 {percent}%，{dueAt|by} 到期',
    '{no}: {percent}% of “{limitId|limit}” used, due {dueAt|by}',
  ]),
  'clock-broken': mute('已超时限', 'Deadline broken', [
    '{no}：{limitId|limit} 已于 {dueAt|by} 超时',
    '{no}: “{limitId|limit}” was broken at {dueAt|by}',
  ]),
  'clock-warnings': mute('时限预警', 'Deadline warnings', [
    '{count} 件时限预警，点开看全部',
    '{count} deadline warnings: open the list',
  ]),
  'clocks-broken': mute('已超时限', 'Deadlines broken', [
    '{count} 件已超时限，点开看全部',
    '{count} deadlines broken: open the list',
  ]),
  'handed-over': mute('转办给您', 'Handed over to you', [
    '{caseId|case} 转给您办理，请在 {dueAt|by} 前接收或退回',
    '{caseId|case} was handed over to you: accept or decline it by {dueAt|by}',
  ]),
  'handover-bounced': mute('转办被退回', 'Hand-over came back', [
    '{caseId|case} 的转办没有被接收，仍由您负责',
    'The hand-over of {caseId|case} was not accepted; it is still yours',
  ]),
  'case-may-escalate': mute('客户可能找媒体或 12345', 'May go to the media or 12345', [
    '{caseId|case} 的客户说要找媒体、政府或 12345，请马上看一眼，需要时督办',
    '{caseId|case}: the customer says he goes to the media, the government or 12345: look at it now, supervise where needed',
  ]),
  'owed-call': mute('欠客户一个回电', 'A call is owed', [
    '{caseId|case} 须在 {dueAt|by} 前给客户回电',
    '{caseId|case}: call the customer back by {dueAt|by}',
  ]),
  'account-code': {
    // Asked for a moment ago by whoever waits for it, at whatever hour.
    class: 'hazard',
    name: { zh: '账号一次性口令', en: 'One-time code' },
    text: {
      zh: '【{company}】账号 {login} 的一次性口令：{code}，{until|time} 前有效。请在登录页点“我有一次性口令”设新密码，不要告诉任何人。',
      en: '[{company}] One-time code for the account {login}: {code}, valid until {until|time}. Set your password with it at “I have a one-time code”, and tell nobody.',
    },
  },
  'work-digest': mute('今天的待办', 'Your work today', [
    '您有 {open} 件待办：已超时 {late} 件，今天到期 {today} 件。',
    'You have {open} open tasks: {late} late, {today} due today.',
  ]),
  'telling-due': mute('该告知客户了', 'Customers must hear something', [
    '{caseId|case} 的客户最迟 {dueAt|by} 该听到消息',
    '{caseId|case}: its customers must hear something by {dueAt|by}',
  ]),
  'tellings-due': mute('该告知客户了', 'Customers must hear something', [
    '{count} 处停电的客户该听到消息了',
    'The customers of {count} outages must hear something',
  ]),
  'important-dark': mute('您的重要客户停电', 'Your important customer is dark', [
    '您的重要客户 {householdId|household} 停电，请马上联系',
    'Your important customer {householdId|household} is without supply: call at once',
  ]),
  'important-news': mute('您的重要客户停电进展', 'News for your important customer', [
    '停电有新进展，请告知您的重要客户 {householdId|household}',
    'There is news of the outage: tell your important customer {householdId|household}',
  ]),
  'important-back': mute('您的重要客户已复电', 'Your important customer has supply', [
    '您的重要客户 {householdId|household} 已恢复供电，请核实',
    'Supply is back at your important customer {householdId|household}: ask whether it is so',
  ]),
  'important-supply-lost': awaited('重要客户失去一路电源', 'An important customer lost a supply', [
    '【重要客户】{householdId|household} 失去一路电源，还有 {remaining} 路供电。请马上告知客户，提醒检查自备电源。',
    'Important customer {householdId|household} has lost a supply; {remaining} left. Tell the customer at once and have his own generation checked.',
  ]),
  'important-no-supply': awaited('重要客户各路电源都停了', 'An important customer has no supply left', [
    '【重要客户】{householdId|household} 的各路电源先后因不同故障停电，已无电源。请马上联系客户，启用自备电源，报告值班领导。',
    'Important customer {householdId|household} has lost every supply by different faults. Call at once, start his own generation, report to the leader on duty.',
  ]),
  'important-supply-back': awaited('重要客户电源已恢复', 'A supply of an important customer is back', [
    '【重要客户】{householdId|household} 停掉的一路电源已恢复，请与客户核实。',
    'The lost supply of important customer {householdId|household} is back. Check with the customer.',
  ]),
  'commitment-soon': mute('承诺快到期', 'A commitment is due soon', [
    '{caseId|case} 对客户的承诺 {dueAt|by} 到期',
    '{caseId|case}: what the customer was promised is due {dueAt|by}',
  ]),
  'commitment-due': mute('承诺到期', 'A commitment is due', [
    '{caseId|case} 对客户的承诺已于 {dueAt|by} 到期，请告知客户',
    '{caseId|case}: what the customer was promised was due {dueAt|by}; tell him',
  ]),
  'pause-asked': mute('申请暂停计时', 'A pause is asked for', [
    '{caseId|case} 申请暂停计时，请审批',
    '{caseId|case}: a pause of the clock waits for your decision',
  ]),
  'pause-approved': mute('暂停已批准', 'Pause approved', [
    '{orderId|order} 的暂停已批准',
    'The pause of {orderId|order} was approved',
  ]),
  'pause-rejected': mute('暂停未批准', 'Pause refused', [
    '{orderId|order} 的暂停未批准，计时继续',
    'The pause of {orderId|order} was refused; the clock runs on',
  ]),
  'clock-jumped': mute('服务器时钟跳变', 'The clock jumped', [
    '服务器时钟跳变了 {minutes} 分钟，时限照常记录，通知推迟两分钟；请检查校时',
    'The clock of the server jumped by {minutes} minutes: everything is recorded, messages wait two minutes; check its time service',
  ]),
  'clocks-moved': mute('时限已重新计算', 'Deadlines were counted again', [
    '放假安排或时限有更正，您经办事项的到期时间已重新计算',
    'A holiday notice or a correction moved deadlines of your work',
  ]),
  'joint-asked': mute('请您协办', 'Your help is asked', [
    '{caseId|case} 请您单位协办，{dueAt|by} 前答复',
    '{caseId|case}: your unit is asked to help by {dueAt|by}',
  ]),
  'joint-answered': mute('协办已回复', 'Help was given', [
    '{caseId|case} 的协办已有结果',
    '{caseId|case}: the help you asked for is there',
  ]),
  'decision-given': mute('会商决定', 'A meeting decided', [
    '{caseId|case} 会商决定由您单位办理，{dueAt|by} 前答复',
    '{caseId|case}: a meeting gave this to your unit, by {dueAt|by}',
  ]),
  'meeting-called': mute('会商通知', 'A meeting is called', [
    '请参加 {meetsAt|time} 的会商：{caseId|case} 等 {count} 件',
    'You are called to a meeting at {meetsAt|time}: {caseId|case}, {count} in all',
  ]),
  'meeting-cancelled': mute('会商取消', 'A meeting is cancelled', [
    '原定 {meetsAt|time} 的会商取消：{caseId|case}',
    'The meeting of {meetsAt|time} is cancelled: {caseId|case}',
  ]),
  'hazard-reported': mute('险情报告', 'A danger was reported', [
    '{caseId|case} 报告险情，先保安全：请立即派人看守、停电',
    '{caseId|case}: a danger was reported. Make safe first: guard it and cut the supply',
  ]),
  'outage-held': mute('大面积停电待确认', 'A large outage waits for a word', [
    '研判有 {households} 户停电，没有客户报修，请先核实再派单',
    '{households} households are believed dark and nobody has called: look before orders are made',
  ]),
  'shift-offered': mute('请您接班', 'A shift is offered', [
    '{fromPersonId|person} 请您接班：在办 {open} 件，下个班到期 {promised} 件',
    '{fromPersonId|person} hands the shift over to you: {open} open, {promised} due in it',
  ]),
  'dark-alarm': {
    class: 'hazard',
    name: { zh: '无计划停电警报', en: 'Unexplained outage' },
    text: {
      zh: '【停电警报】{deviceId|device} {households} 户停电，没有停电计划、抢修工单和跳闸记录，{since|time} 起无人处置，请立即核实。',
      en: '[Alarm] {deviceId|device}: {households} households are dark since {since|time} with no plan, no repair order and no trip on record. Find out at once.',
    },
  },
  'dark-alarms': {
    class: 'hazard',
    name: { zh: '多处无计划停电警报', en: 'Unexplained outages' },
    text: {
      zh: '【停电警报】{count} 个台区共 {households} 户停电，没有停电计划、抢修工单和跳闸记录，最早 {since|time} 起无人处置，户数最多的是 {deviceId|device}，请立即核实。',
      en: '[Alarm] {count} transformer areas, {households} households in all, are dark with no plan, no repair order and no trip on record, the first since {since|time}; the most at {deviceId|device}. Find out at once.',
    },
  },
  'planned-consult': mute('停电协商', 'Ask about an outage', [
    '停电计划 {planId|plan}：请征求 {count} 户的意见，{dueAt|by} 前完成',
    'Planned outage {planId|plan}: ask {count} customers, by {dueAt|by}',
  ]),
  'planned-notice-due': mute('停电公告快到期', 'A notice of outage is due', [
    '停电计划 {planId|plan} 须在 {dueAt|by} 前公告，过时不能停电',
    'Planned outage {planId|plan} must be announced by {dueAt|by}; after that it cannot take place',
  ]),
  'planned-late-now': mute('停电超时未送电', 'Supply is not back in time', [
    '停电计划 {planId|plan} 已过公告的送电时间 {dueAt|by}，尚未送电',
    'Planned outage {planId|plan}: the published end {dueAt|by} has passed and supply is not back',
  ]),
  urged: mute('客户催办', 'The customer urges', [
    '{caseId|case} 客户来催，第 {urged} 次',
    '{caseId|case}: the customer urges, time {urged}',
  ]),
  supervised: mute('督办', 'Supervision', [
    '{caseId|case} 已被督办，请在 {dueAt|by} 前答复',
    '{caseId|case} is under supervision: answer by {dueAt|by}',
  ]),
  'complaint-duty': mute('重要投诉报告', 'A complaint you must know of', [
    '投诉 {caseId|case} 按等级须向您报告，{dueAt|by} 前处置',
    'Complaint {caseId|case} must be brought to you by its grade, by {dueAt|by}',
  ]),
  'liability-notice': mute('责任认定书', 'A finding of liability', [
    '您单位收到一份责任认定书，归档前可以申诉一次',
    'Your unit was found liable for something; it may appeal once',
  ]),
  'appeal-decided': mute('申诉已有裁定', 'Your appeal was decided', [
    '您单位的申诉已有裁定',
    'The appeal of your unit was decided',
  ]),
  'reclassification-asked': mute('改类待审', 'A reclassification waits', [
    '投诉 {caseId|case} 申请改为意见，请审批',
    'Complaint {caseId|case} is asked to become an opinion: please decide',
  ]),
  'drill-planned': mute('有演练要参加', 'Your unit takes part in an exercise', [
    '定于 {at|time} 演练，您单位参演，脚本见“演练”页',
    'An exercise is planned for {at|time} and your unit takes part: its script is on the page of exercises',
  ]),
  'drill-begun': mute('演练开始', 'The exercise has begun', [
    '您单位参演的演练已开始；编号带“演练”的工单照常处置',
    'The exercise that your unit takes part in has begun; orders marked as exercise are worked as usual',
  ]),
  'drill-cancelled': mute('演练取消', 'An exercise is cancelled', [
    '原定 {at|time} 的演练取消',
    'The exercise planned for {at|time} does not take place',
  ]),
  'drill-finding': mute('演练问题待整改', 'An exercise found something', [
    '演练发现的一个问题由您单位整改，{dueAt|by} 前完成',
    'An exercise found something that your unit puts right by {dueAt|by}',
  ]),
  'drill-soon': mute('演练问题快到期', 'A finding is due soon', [
    '演练发现的问题由您整改，{dueAt|by} 前完成',
    'You put right what an exercise found, by {dueAt|by}',
  ]),
  'drill-late': mute('演练问题逾期', 'A finding is late', [
    '演练发现的问题应在 {dueAt|by} 前整改，还没有闭环',
    'What an exercise found was to be put right by {dueAt|by} and is still open',
  ]),
  'drill-check': mute('演练问题待复查', 'A finding waits to be checked', [
    '演练发现的问题已报整改，请复查是否真的改好',
    'What an exercise found was put right by word: look whether it holds',
  ]),
  'drill-again': mute('演练问题复查未通过', 'A finding did not hold', [
    '您整改的演练问题复查没有通过，{dueAt|by} 前再改',
    'What you put right did not hold when it was checked: again by {dueAt|by}',
  ]),
  'work-permitted': mute('县调已许可', 'Work permitted', [
    '{caseId|case} 县调 {permittedAt|time} 许可，请按票做安全措施',
    '{caseId|case}: permitted at {permittedAt|time}; make safe by the sheet',
  ]),
  'come-again': mute('按约再到场', 'Come as arranged', [
    '{orderId|case} 约定 {at|time} 彻底修复，该出发了',
    '{orderId|case}: the lasting repair is arranged for {at|time}',
  ]),
  'earths-lifted-for': mute('接地线拆除已代录', 'Removal of earths entered for you', [
    '{caseId|case} 县调按 {toldBy|person} 的报告代录：{earths} 组接地线已于 {at|time} 拆除。与现场不符的，立即打电话给县调',
    '{caseId|case}: by the word of {toldBy|person} the dispatch centre entered that {earths} earths were removed at {at|time}. If it is not so, ring at once',
  ]),
  'permission-withdrawn': mute('许可撤回，停止作业', 'Permission withdrawn: stop work', [
    '{caseId|case} 县调已撤回许可：立即停止作业、人员撤离，等重新许可',
    '{caseId|case}: the permission is withdrawn. Stop, withdraw your people, wait for a new permission',
  ]),
  'task-returned': mute('退回重办', 'Sent back', [
    '{caseId|case} 被退回重办',
    '{caseId|case} was sent back to be done again',
  ]),
  'customer-added': mute('客户有补充', 'The customer added something', [
    '{caseId|case} 客户从手机补充了情况',
    '{caseId|case}: the customer added something from the phone',
  ]),
  'customer-not-solved': mute('客户说没解决', 'The customer says: not solved', [
    '{caseId|case} 客户评价没有解决',
    '{caseId|case}: the customer says it is not solved',
  ]),
  'material-below': mute('物料低于最低储备', 'Stock below its minimum', [
    '{gridPointId|point}：{material} 还剩 {amount}，最低储备 {minimum}，请补',
    '{gridPointId|point}: {amount} of {material} left, the minimum is {minimum}; please refill',
  ]),
  // Where no phone page can be loaded: all that a crew must know, and that the desk enters its times (代录).
  'crew-order': awaited('短信派单', 'Order by SMS', [
    '【{company}】抢修派单 {orderId|order}：{place}。{hazard}报修：{fault}。客户电话 {customer}。到场、修好、复电请打 {desk} 报指挥代录。',
    '[{company}] Order {orderId|order}: {place}. {hazard}Reported: {fault}. Customer {customer}. Ring {desk} on arrival, repair and supply: the desk enters the times for you.',
  ]),
  'crew-asks-help': mute('现场求助', 'A crew needs you', [
    '{caseId|case}：{personId|person} 从现场报告“{reason|help}”，请马上安排',
    '{caseId|case}: {personId|person} reports “{reason|help}” from the spot: decide at once',
  ]),
  'crew-gives-back': mute('现场退单', 'A crew gives an order back', [
    '{caseId|case}：{personId|person} 退单“{reason|reason}”，请马上转派或重新研判',
    '{caseId|case}: {personId|person} gives it back, “{reason|reason}”: send somebody else or judge again',
  ]),
  'crew-stand-by': mute('请去待命', 'Wait at another point', [
    '请到 {gridPointId|point} 待命，预计 {expectedAt|time} 到；那里缺人手',
    'Please wait at {gridPointId|point}, expected there at {expectedAt|time}: nobody is near',
  ]),
  'crew-stand-by-over': mute('待命结束', 'Waiting is over', [
    '待命结束，请回 {gridPointId|point}',
    'Waiting is over, please return to {gridPointId|point}',
  ]),
  'gateway-down': mute('发送通道中断', 'A gateway is down', [
    '{channel|channel}通道从 {since|time} 起发不出去，消息都在外发队列中等待，恢复后自动补发',
    'The {channel|channel} gateway has failed since {since|time}; messages wait in the queue and go out by themselves when it is back',
  ]),
  'gateway-up': mute('发送通道恢复', 'A gateway is back', [
    '{channel|channel}通道已恢复，积压消息正在补发',
    'The {channel|channel} gateway is back; what waited is going out',
  ]),
};

export const templates: Readonly<Record<string, Template>> = {
  ...CUSTOMER,
  ...SUPPLY,
  ...outageTemplates,
  ...smsTemplates,
  ...STAFF,
};
