import type { Refusal } from '#kernel/result.ts';

export type Language = 'zh' | 'en';

type Sentence = Readonly<Record<Language, string>>;

const FAULTS: Readonly<Record<string, Sentence>> = {
  missing: { zh: '缺少', en: 'is missing' },
  empty: { zh: '不能是空的', en: 'must not be empty' },
  'not-an-object': { zh: '应是对象', en: 'must be an object' },
  'not-a-list': { zh: '应是列表', en: 'must be a list' },
  'not-text': { zh: '应是文字', en: 'must be a text' },
  'not-an-integer': {
    zh: '应是 0 至 2147483647 的整数',
    en: 'must be a whole number from 0 to 2147483647',
  },
  'out-of-range': { zh: '应是整数，且在允许的范围内', en: 'must be a whole number within its bounds' },
  'not-coordinates': { zh: '应是 [经度, 纬度]', en: 'must be [longitude, latitude]' },
  'not-a-window': {
    zh: '应是 [开始, 结束]，开始不晚于结束',
    en: 'must be [from, to] with from not after to',
  },
  'windows-not-sorted': {
    zh: '各时间窗应按先后排列且互不重叠',
    en: 'must list windows in order, none overlapping',
  },
  'not-a-speed': { zh: '应大于 0 且不超过 5', en: 'must be more than 0 and at most 5' },
  twice: { zh: '与前面的重复', en: 'was used before' },
  'unknown-member': { zh: '没有这一项', en: 'is no member of the format' },
  unsupported: { zh: '暂不支持，请去掉', en: 'is not supported; leave it out' },
  'not-square': { zh: '矩阵应是方阵，行列数相同', en: 'must be square: as many columns as rows' },
  'different-sizes': { zh: '各矩阵大小应相同', en: 'must all have the same size' },
  'no-matrix': { zh: '没有对应的矩阵', en: 'has no matrix' },
  'not-in-matrix': { zh: '超出矩阵', en: 'lies outside the matrix' },
  'index-without-matrix': {
    zh: '没有 matrices 时须写坐标',
    en: 'needs matrices; without them give coordinates',
  },
  'no-start-no-end': { zh: '与 end 至少要有一个', en: 'or end must be given' },
  'amount-length': {
    zh: '的个数与其他数量不同',
    en: 'must count as many goods as the other amounts',
  },
};

const MESSAGES: Readonly<Record<string, Sentence>> = {
  'route.bad-json': {
    zh: '不是 JSON。请给一个 VROOM 格式的对象。',
    en: 'This is not JSON. Give one object in VROOM’s format.',
  },
  'route.bad-encoding': {
    zh: '不是 UTF-8 编码。请另存为 UTF-8。',
    en: 'This is not UTF-8. Save the file as UTF-8.',
  },
};

/** One sentence: what is wrong and where. */
export function routeMessage({ refused, detail }: Refusal, language: Language): string {
  if (refused !== 'route.bad-input') return MESSAGES[refused]?.[language] ?? refused;
  const { at = '', fault = '' } = detail ?? {};
  const said = FAULTS[String(fault)]?.[language] ?? String(fault);
  const named = at === '' ? { zh: '问题', en: 'The problem' }[language] : String(at);
  return language === 'zh' ? `${named} ${said}。` : `${named} ${said}.`;
}
