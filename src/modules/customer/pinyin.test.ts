import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameReadings, placeInitials } from './pinyin.ts';

/** Names whose surname or given name a dictionary tends to misread, with the initials their bearers use. */
const HARD_NAMES: readonly (readonly [string, string])[] = [
  ['单雄', 'sx'],
  ['单田芳', 'stf'],
  ['曾志伟', 'zzw'],
  ['曾国藩', 'zgf'],
  ['解晓东', 'xxd'],
  ['解学士', 'xxs'],
  ['仇英', 'qy'],
  ['仇和平', 'qhp'],
  ['查良镛', 'zly'],
  ['查文斌', 'zwb'],
  ['区寄', 'oj'],
  ['区建国', 'ojg'],
  ['任长霞', 'rcx'],
  ['任重', 'rz'],
  ['朴树', 'ps'],
  ['朴在宇', 'pzy'],
  ['尉迟恭', 'ycg'],
  ['尉迟敬德', 'ycjd'],
  ['万俟卨', 'mqx'],
  ['万俟雅言', 'mqyy'],
  ['盖叫天', 'gjt'],
  ['盖文涛', 'gwt'],
  ['华佗', 'ht'],
  ['华国栋', 'hgd'],
  ['燕青', 'yq'],
  ['宁静', 'nj'],
  ['宁采臣', 'ncc'],
  ['翟天临', 'ztl'],
  ['翟志刚', 'zzg'],
  ['乐毅', 'yy'],
  ['乐嘉音', 'yjy'],
  ['黑铁蛋', 'htd'],
  ['覃海洋', 'qhy'],
  ['覃辉', 'qh'],
  ['逄先知', 'pxz'],
  ['缪昌期', 'mcq'],
  ['员半千', 'ybq'],
  ['种师道', 'csd'],
  ['折可适', 'sks'],
  ['洗星海', 'xxh'],
  ['召忽', 'sh'],
  ['繁钦', 'pq'],
  ['长孙无忌', 'zswj'],
  ['澹台灭明', 'ttmm'],
  ['令狐行', 'lhx'],
];

test('at least 43 of 45 hard names are found by the initials their bearers use', () => {
  assert.equal(HARD_NAMES.length, 45);
  const missed = HARD_NAMES.filter(([name, initials]) => !nameReadings(name).initials.includes(initials));
  assert.ok(missed.length <= 2, `missed: ${missed.map(([name]) => name).join(' ')}`);
});

test('the likely reading comes first', () => {
  const readings = nameReadings('单雄信');
  assert.deepEqual([readings.full, readings.primary, readings.initials[0]], ['shanxiongxin', 'sxx', 'sxx']);
  assert.equal(nameReadings('吕布').full, 'lvbu');
});

test('names are never more than 64 variants, and text without Han characters has none', () => {
  assert.ok(nameReadings('单曾解仇查区任朴长行重乐').initials.length <= 64);
  assert.deepEqual(nameReadings('ABC-12').initials, []);
});

test('places are read as here', () => {
  const cases = [
    ['大水泊', 'dsp'],
    ['泽头', 'zt'],
    ['小观', 'xg'],
    ['葛家', 'gj'],
    ['北潘家夼', 'bpjk'],
    ['祝家泊子', 'zjpz'],
    ['王家疃', 'wjt'],
    ['侯家', 'hj'],
  ] as const;
  for (const [place, initials] of cases) assert.equal(placeInitials(place), initials, place);
});
