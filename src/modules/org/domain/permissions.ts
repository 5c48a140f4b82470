export type Permission =
  | 'case.intake'
  | 'case.read'
  | 'case.work'
  | 'case.reassign'
  | 'board.read'
  /** 待许可: permits medium-voltage work, or does not. */
  | 'repair.permit'
  /** 演练: reads plans and reports of exercises. */
  | 'drill.read'
  /** Plans an exercise, runs it, writes down what was found. */
  | 'drill.run'
  /** 抢修指挥: the page of open repairs. */
  | 'repair.command'
  /** Tells customers of an outage, and says when supply is expected back. */
  | 'repair.tell'
  /** 五个一晨报. */
  | 'repair.report'
  /** Grid points: crews, shifts, materials. */
  | 'crew.read'
  /** Arranges crews, of one's own station or all. */
  | 'crew.manage'
  /** Sends crews, and says when it is a storm. */
  | 'crew.dispatch'
  /** 会商: calls departments together. */
  | 'meeting.call'
  /** 代录: enters what somebody in the field did. */
  | 'case.enter-for'
  /** The phone page of crews. */
  | 'field.work'
  | 'complaint.desk'
  | 'complaint.appeal'
  | 'clock.approve'
  | 'clock.admin'
  | 'shift.hand-over'
  | 'door.work'
  /** Answers an order of another system in its fields, where he sees its case. */
  | 'door.reply'
  | 'door.keys'
  | 'hall.manage'
  | 'customer.search'
  /** The grid: what hangs below what, what is dark. */
  | 'network.read'
  /** Records that a device was opened or closed. */
  | 'network.switch'
  /** 停电事件: what is believed to be out, and why. */
  | 'outage.read'
  /** Says that somewhere there is no supply, or a danger. */
  | 'outage.report'
  /** Confirms, moves, splits and merges incidents. */
  | 'outage.decide'
  /** 停电计划: seen, drafted, asked about with customers, decided, decided otherwise (分管副总), told, carried out. */
  | 'planned.read'
  | 'planned.draft'
  | 'planned.consult'
  | 'planned.approve'
  | 'planned.override'
  | 'planned.tell'
  | 'planned.run'
  /** Says what an unexplained outage was. */
  | 'planned.alarm'
  | 'customer.reveal'
  /** Marks a household as in need of care. */
  | 'customer.flag'
  | 'notice.own'
  | 'notice.queue'
  | 'org.read'
  | 'org.admin'
  | 'security.admin'
  /** 个人信息保护: what is kept for how long, and erasure on request. */
  | 'privacy.officer'
  | 'audit.read';

const DESK: readonly Permission[] = [
  'case.intake',
  'case.read',
  'case.work',
  'customer.search',
  'customer.reveal',
  'customer.flag',
  'shift.hand-over',
  'outage.report',
  'notice.own',
];
const WORK: readonly Permission[] = ['case.read', 'case.work', 'customer.search', 'notice.own'];
const LEAD: readonly Permission[] = [...DESK, 'case.reassign', 'case.enter-for', 'clock.approve'];

/** What a role may do. The three administrators (system, security, audit) have nothing to do with customers' cases. */
const ROLES: Readonly<Record<string, readonly Permission[]>> = {
  clerk: [...DESK, 'planned.read'],
  'call-taker': [...DESK, 'door.work', 'outage.read', 'door.reply', 'planned.read'],
  'hall-lead': [...LEAD, 'hall.manage', 'complaint.appeal', 'planned.read'],
  'station-lead': [
    'drill.read',
    ...LEAD,
    'hall.manage',
    'complaint.appeal',
    'network.read',
    'outage.read',
    'crew.read',
    'crew.manage',
    'planned.read',
    'planned.draft',
    'planned.consult',
    'planned.tell',
  ],
  'account-manager': [...DESK, 'network.read', 'planned.read', 'planned.consult', 'planned.tell'],
  'service-officer': DESK,
  'control-officer': [
    'drill.read',
    'drill.run',
    ...LEAD,
    'notice.queue',
    'clock.admin',
    'board.read',
    'repair.command',
    'repair.tell',
    'repair.report',
    'meeting.call',
    'door.work',
    'door.reply',
    'complaint.desk',
    'network.read',
    'outage.read',
    'privacy.officer',
    'crew.read',
    'planned.read',
    'planned.consult',
    'planned.tell',
    'planned.alarm',
  ],
  'department-head': [
    'drill.read',
    'drill.run',
    ...LEAD,
    'clock.admin',
    'board.read',
    'repair.command',
    'repair.report',
    'complaint.desk',
    'complaint.appeal',
    'network.read',
    'outage.read',
    'crew.read',
    'crew.manage',
    'crew.dispatch',
    'planned.read',
    'planned.draft',
    'planned.consult',
    'planned.approve',
    'planned.tell',
  ],
  dispatcher: [
    'drill.read',
    'drill.run',
    ...DESK,
    'case.enter-for',
    'repair.command',
    'repair.tell',
    'repair.report',
    'network.read',
    'network.switch',
    'outage.read',
    'outage.decide',
    'crew.read',
    'crew.dispatch',
    'planned.read',
    'planned.run',
    'planned.alarm',
  ],
  'grid-manager': [...WORK, 'network.read', 'crew.read', 'planned.read', 'planned.tell'],
  'repair-lead': [
    'drill.read',
    ...WORK,
    'case.enter-for',
    'field.work',
    'network.read',
    'outage.read',
    'outage.report',
    'crew.read',
    'planned.read',
  ],
  'repair-worker': [...WORK, 'field.work', 'network.read', 'outage.report', 'crew.read'],
  'meter-worker': WORK,
  'bill-auditor': WORK,
  'pq-engineer': [...WORK, 'network.read', 'planned.read', 'planned.draft', 'planned.tell'],
  planner: [...WORK, 'network.read', 'planned.read', 'planned.draft', 'planned.tell'],
  builder: WORK,
  storekeeper: [...WORK, 'crew.read'],
  'grid-dispatcher': [
    'drill.read',
    ...WORK,
    'network.read',
    'network.switch',
    'outage.read',
    'outage.report',
    'crew.read',
    'planned.read',
    'planned.draft',
    'planned.run',
    'planned.tell',
    'planned.alarm',
    'repair.permit',
    'repair.command',
  ],
  inspector: [...WORK, 'complaint.desk'],
  // Of a report on staff that came from another system nobody else sees the case.
  'discipline-officer': [...WORK, 'door.reply'],
  'general-manager': [
    'drill.read',
    ...WORK,
    'board.read',
    'repair.command',
    'repair.report',
    'meeting.call',
    'complaint.desk',
    'network.read',
    'outage.read',
    'crew.read',
    'planned.read',
    'planned.alarm',
  ],
  'deputy-manager': [
    'drill.read',
    'drill.run',
    ...WORK,
    'clock.approve',
    'clock.admin',
    'board.read',
    'repair.command',
    'repair.report',
    'meeting.call',
    'complaint.desk',
    'network.read',
    'outage.read',
    'privacy.officer',
    'crew.read',
    'planned.read',
    'planned.draft',
    'planned.approve',
    'planned.override',
    'planned.alarm',
  ],
  administrator: ['org.read', 'org.admin', 'notice.own', 'notice.queue', 'door.keys'],
  'security-admin': ['org.read', 'security.admin'],
  auditor: ['audit.read'],
};

export const roles: readonly string[] = Object.keys(ROLES);

/** The union of what the roles may do; an unknown role may do nothing. */
export function permissionsOf(held: readonly string[]): readonly Permission[] {
  return [...new Set(held.flatMap((role) => ROLES[role] ?? []))];
}

/** Some role has it. */
export function isPermission(name: string): name is Permission {
  return Object.values(ROLES).some((held) => held.some((one) => one === name));
}
