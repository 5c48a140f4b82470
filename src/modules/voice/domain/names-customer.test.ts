import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesCustomer } from './names-customer.ts';

const customer = {
  names: ['于秀兰'],
  numbers: ['138 0631 0001', '3710000123'],
  places: ['天福街道秀山社区 3 号楼'],
};

const TELLS: readonly (readonly [string, string])[] = [
  ['the name', '经核实，于秀兰反映的情况属实'],
  ['the name with a space', '客户 于 秀兰 到场'],
  ['the phone', '回拨 13806310001 无人接听'],
  ['the phone in groups', '回拨 138-0631-0001'],
  ['the account number', '户号 3710000123 计费有误'],
  ['the place', '到天福街道秀山社区3号楼核实'],
];

for (const [what, words] of TELLS)
  test(`${what} tells who complained`, () => assert.ok(namesCustomer(words, customer)));

test('times, counts and facts do not', () => {
  for (const words of [
    '11月3日 9:40 派工，14:20 才到场，超 2 小时',
    '于当日联系',
    '客户来电 3 次均未回复 2026',
  ])
    assert.equal(namesCustomer(words, customer), false, words);
  assert.equal(
    namesCustomer('任何话', { names: ['王', ''], numbers: ['110', ''], places: ['村', ''] }),
    false,
  );
});
