export type Language = 'zh' | 'en';

type Detail = Readonly<Record<string, string | number>>;
type Message = Readonly<Record<Language, (detail: Detail) => string>>;

/** What each fault of a network file says: what is wrong and how to mend it. */
const MESSAGES: Readonly<Record<string, Message>> = {
  'network.not-cim': {
    zh: () => '文件里没有 CIM 的 Terminal，不是 CIM RDF/XML 电网模型。',
    en: () => 'The file holds no CIM Terminal: it is not a network model in CIM RDF/XML.',
  },
  'network.missing-file': {
    zh: () => '模型引用了这个文件，但没有给出。',
    en: () => 'The model names this file, and it was not given.',
  },
  'network.missing-column': {
    zh: ({ column }) => `第一行没有列“${column}”。`,
    en: ({ column }) => `The first line has no column "${column}".`,
  },
  'network.bad-quote': {
    zh: () => '这一行的引号不成对。',
    en: () => 'The quotes of this line do not match.',
  },
  'network.no-code': { zh: () => '设备没有编码。', en: () => 'The device has no code.' },
  'network.code-twice': {
    zh: () => '这个编码已经出现过。',
    en: () => 'This code has occurred before.',
  },
  'network.two-parents': {
    zh: ({ first, second }) => `同一设备有两个上级：“${first}”和“${second}”。联络请用 tie_to。`,
    en: ({ first, second }) =>
      `One device has two parents, "${first}" and "${second}". Use tie_to for a tie.`,
  },
  'network.unknown-kind': {
    zh: ({ kind }) => `没有设备类型“${kind}”。可用的见 docs/network-import.md。`,
    en: ({ kind }) => `There is no kind "${kind}". docs/network-import.md lists them.`,
  },
  'network.bad-value': {
    zh: ({ column }) => `列“${column}”的值不对。`,
    en: ({ column }) => `The value of column "${column}" is wrong.`,
  },
  'network.unknown-parent': {
    zh: ({ parent }) => `没有上级设备“${parent}”。`,
    en: ({ parent }) => `There is no parent "${parent}".`,
  },
  'network.unknown-tie': {
    zh: ({ tie }) => `联络的另一侧“${tie}”不存在。`,
    en: ({ tie }) => `The other side of the tie, "${tie}", does not exist.`,
  },
  'network.closed-tie': {
    zh: () => '联络在正常方式下应断开（normal 写 open），否则成环。',
    en: () => 'A tie must be open in the normal state (normal: open), else there is a ring.',
  },
  'network.ring': {
    zh: () => '正常方式下成环：沿上级走回了自己，或两侧都有电的设备是合上的。',
    en: () =>
      'A ring in the normal state: its parents lead back to it, or it is closed with supply on both sides.',
  },
  'network.island': {
    zh: () => '孤岛：没有变电站供到这里。',
    en: () => 'An island: no substation supplies it.',
  },
  'network.wrong-order': {
    zh: ({ parent }) => `这种设备不能接在“${parent}”下面。`,
    en: ({ parent }) => `A device of this kind cannot hang below "${parent}".`,
  },
  'network.no-transformer': {
    zh: () => '低压设备的上级里没有变压器。',
    en: () => 'A low-voltage device without a transformer above it.',
  },
  'network.substation-with-parent': {
    zh: () => '变电站不能有上级。',
    en: () => 'A substation cannot have a parent.',
  },
  'network.no-meter': { zh: () => '没有电能表编号。', en: () => 'The meter number is missing.' },
  'network.meter-twice': {
    zh: () => '这只表已经接在别处。双电源用户的两只表分两行写。',
    en: () => 'This meter is connected already. Two supplies of a customer are two meters, a row each.',
  },
  'network.meter-without-device': {
    zh: () => '没有写这只表接在哪个设备上。',
    en: () => 'The device of this meter is missing.',
  },
  'network.unknown-device': {
    zh: ({ device }) => `表所接的设备“${device}”不存在。`,
    en: ({ device }) => `The device "${device}" of this meter does not exist.`,
  },
  'network.meter-without-transformer': {
    zh: ({ device }) => `表接在“${device}”上，但上级里没有变压器。`,
    en: ({ device }) => `The meter hangs on "${device}", and no transformer is above it.`,
  },
  'network.unknown-meter': {
    zh: () => '公司没有这只表。',
    en: () => 'The company has no such meter.',
  },
  'network.other-kind': {
    zh: () => '这个编码在库里是另一种设备。',
    en: () => 'In the house this code is a device of another kind.',
  },
  'network.is-switched': {
    zh: ({ code }) => `设备“${code}”不在正常方式，先恢复正常方式再改接线。`,
    en: ({ code }) =>
      `The device "${code}" is not in its normal state: put it there before its place changes.`,
  },
  'network.unknown-company': {
    zh: ({ code }) => `没有公司“${code}”。`,
    en: ({ code }) => `There is no company "${code}".`,
  },
};

export function networkMessage(code: string, detail: Detail, language: Language): string {
  return MESSAGES[code]?.[language](detail) ?? code;
}
