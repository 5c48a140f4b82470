import type { Refusal } from '#kernel/result.ts';

export type Language = 'zh' | 'en';

type Detail = NonNullable<Refusal['detail']>;

/** What each refusal of the inference says: what is wrong, where, and how to mend it. */
const MESSAGES: Readonly<Record<string, Readonly<Record<Language, (detail: Detail) => string>>>> = {
  'infer.cannot-read': {
    zh: ({ file, code }) => `读不了 ${file}：${code}。`,
    en: ({ file, code }) => `Cannot read ${file}: ${code}.`,
  },
  'infer.network-not-json': {
    zh: ({ file }) => `网络文件 ${file} 不是 JSON。`,
    en: ({ file }) => `The network file ${file} is not JSON.`,
  },
  'infer.no-list': {
    zh: ({ member }) => `网络缺少列表 ${member}。应是 {"devices": [...], "customers": [...]}。`,
    en: ({ member }) =>
      `The network has no list "${member}". It must be {"devices": [...], "customers": [...]}.`,
  },
  'infer.bad-device': {
    zh: ({ place }) => `第 ${place} 个设备缺少 id，应是 {"id", "parent", "kind", "exposure"?}。`,
    en: ({ place }) => `Device number ${place} has no id; it must be {"id", "parent", "kind", "exposure"?}.`,
  },
  'infer.bad-parent': {
    zh: ({ device }) => `设备“${device}”的 parent 应是一个设备的 id，馈线首端写 null。`,
    en: ({ device }) =>
      `The parent of device "${device}" must be the id of one device, or null at the head of a feeder.`,
  },
  'infer.unknown-kind': {
    zh: ({ device, kind }) =>
      `设备“${device}”的类型“${kind}”没有；只有 breaker、recloser、switch、fuse、transformer、lv_branch、meter_box。`,
    en: ({ device, kind }) =>
      `Device "${device}" is of unknown kind "${kind}"; there are breaker, recloser, switch, fuse, transformer, lv_branch, meter_box.`,
  },
  'infer.bad-exposure': {
    zh: ({ device }) => `设备“${device}”的 exposure 应是公里数，不小于 0。`,
    en: ({ device }) => `The exposure of device "${device}" must be kilometres, not below 0.`,
  },
  'infer.device-twice': {
    zh: ({ device }) => `设备“${device}”写了两次。`,
    en: ({ device }) => `Device "${device}" is given twice.`,
  },
  'infer.two-parents': {
    zh: ({ device }) => `设备“${device}”有两个上级。`,
    en: ({ device }) => `Device "${device}" has two parents.`,
  },
  'infer.unknown-parent': {
    zh: ({ device, parent }) => `设备“${device}”的上级“${parent}”不存在。`,
    en: ({ device, parent }) => `The parent "${parent}" of device "${device}" is not there.`,
  },
  'infer.loop': {
    zh: ({ device }) => `设备“${device}”在一个环里，或在一个环的下面。`,
    en: ({ device }) => `Device "${device}" lies on a loop, or below one.`,
  },
  'infer.bad-customer': {
    zh: ({ place }) => `第 ${place} 个用户缺少 id，应是 {"id", "device", "meter"?}。`,
    en: ({ place }) => `Customer number ${place} has no id; it must be {"id", "device", "meter"?}.`,
  },
  'infer.customer-twice': {
    zh: ({ customer }) => `用户“${customer}”写了两次。`,
    en: ({ customer }) => `Customer "${customer}" is given twice.`,
  },
  'infer.bad-meter': {
    zh: ({ customer }) => `用户“${customer}”的 meter 应是 true 或 false。`,
    en: ({ customer }) => `The meter of customer "${customer}" must be true or false.`,
  },
  'infer.unknown-device': {
    zh: ({ customer, device }) => `用户“${customer}”挂在不存在的设备“${device}”下。`,
    en: ({ customer, device }) => `Customer "${customer}" hangs on a device "${device}" that is not there.`,
  },
  'infer.bad-json': {
    zh: () => '这一行不是 JSON。每行写一个事件。',
    en: () => 'This line is not JSON. Write one event a line.',
  },
  'infer.bad-encoding': {
    zh: () => '这一行不是 UTF-8 编码。请把文件另存为 UTF-8。',
    en: () => 'This line is not UTF-8. Save the file as UTF-8.',
  },
  'infer.line-too-long': {
    zh: () => '这一行超过 16 MB。',
    en: () => 'This line is longer than 16 MB.',
  },
  'infer.bad-request': {
    zh: () => '这一行应是对象 {"t", "kind", …}。',
    en: () => 'This line must be an object {"t", "kind", …}.',
  },
  'infer.unknown-event': {
    zh: ({ kind }) => `没有事件“${kind}”。可用的见 dafuwu infer --help。`,
    en: ({ kind }) => `There is no event "${kind}". dafuwu infer --help lists them.`,
  },
  'infer.bad-time': {
    zh: () => 't 应是秒数。',
    en: () => 't must be a number of seconds.',
  },
  'infer.time-goes-back': {
    zh: ({ t, latest }) => `t 倒退了：${t} 早于前面的 ${latest}。`,
    en: ({ t, latest }) => `t goes back: ${t} is before ${latest}.`,
  },
  'infer.no-id': {
    zh: () => '报告缺少 id（文字或数字）。',
    en: () => 'The report has no id (a string or a number).',
  },
  'infer.unknown-customer': {
    zh: ({ customer }) => `网络里没有用户“${customer}”。`,
    en: ({ customer }) => `There is no customer "${customer}" in the network.`,
  },
  'infer.no-such-device': {
    zh: ({ device }) => `网络里没有设备“${device}”。`,
    en: ({ device }) => `There is no device "${device}" in the network.`,
  },
  'infer.bad-answer': {
    zh: () => 'answer 只能是 "on"、"off" 或 "silent"。',
    en: () => 'answer must be "on", "off" or "silent".',
  },
  'infer.bad-state': {
    zh: () => 'state 只能是 "open" 或 "closed"。',
    en: () => 'state must be "open" or "closed".',
  },
  'infer.bad-settings': {
    zh: () => 'faults_per_feeder_hour 应是大于 0、不超过 1000 的数。',
    en: () => 'faults_per_feeder_hour must be a number above 0 and up to 1000.',
  },
  'infer.settings-not-first': {
    zh: () => 'settings 只能写一次，在所有事件之前。',
    en: () => 'settings may stand once, before all events.',
  },
};

export function inferMessage({ refused, detail }: Refusal, language: Language): string {
  return MESSAGES[refused]?.[language](detail ?? {}) ?? refused;
}
