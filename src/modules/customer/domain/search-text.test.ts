import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { findFragment } from './match-fragment.ts';
import { maskAddress, maskName, maskNumber, maskPhone, reveal } from './mask.ts';
import { normaliseAddress, normaliseText } from './normalise-text.ts';
import { parseSearch } from './parse-search.ts';
import { anywhereQuery, fieldTokens, fragmentQuery, tsvectorLiteral } from './search-tokens.ts';

test('full-width, case, white space and control characters fold', () => {
  assert.equal(normaliseText(' １０ＫＶ　城北线\u0000\u200b '), '10kv 城北线');
  assert.equal(normaliseAddress('山东省威海市文登区大水泊镇口子村'), '大水泊镇口子村');
  assert.equal(normaliseAddress('文登营镇东仓村'), '文登营镇东仓村');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (s) => normaliseText(normaliseText(s)) === normaliseText(s)),
  );
});

test('tokens are units and pairs of neighbours, marked with their field', () => {
  assert.deepEqual(fieldTokens('supply', '10kv城北'), ['310kv', '310kv城', '3城', '3城北', '3北']);
  assert.deepEqual(fieldTokens('name', '王 建'), ['1王', '1建']);
  assert.equal(tsvectorLiteral(["o'", 'a\\b']), `'o''' 'a\\\\b'`);
});

test('a fragment asks for pairs, and for a prefix where a number is still being typed', () => {
  const cases = [
    ['城北', `'2城北'`],
    ['10kv城北线', `'210kv城' & '2城北' & '2北线'`],
    ['王', `'2王'`],
    ['3号楼2', `'23号' & '2号楼' & '2楼2':*`],
    ['3-2-30', `'23' & '22' & '230':*`],
    ['··', undefined],
  ] as const;
  for (const [fragment, query] of cases) assert.equal(fragmentQuery('address', fragment), query, fragment);
  assert.equal(anywhereQuery('城北'), `('1城北' | '2城北' | '3城北')`);
});

test('whatever fragment of whole runs is cut from a text, its query names only tokens of the text', () => {
  const han = fc.stringMatching(/^[城北线王家庄号楼]{1,12}$/);
  fc.assert(
    fc.property(han, fc.nat(), fc.nat(), (text, a, b) => {
      const from = a % text.length;
      const fragment = text.slice(from, from + 1 + (b % (text.length - from)));
      const tokens = new Set(fieldTokens('name', text));
      const wanted = [...(fragmentQuery('name', fragment) ?? '').matchAll(/'([^']+)'/g)].map(
        (match) => match[1] ?? '',
      );
      assert.ok(wanted.length > 0 && wanted.every((token) => tokens.has(token)));
    }),
  );
});

test('a number is not cut at its front', () => {
  assert.equal(findFragment('汇园13号楼', '3号楼'), undefined);
  assert.deepEqual(findFragment('汇园13号楼3号楼', '3号楼'), { from: 6, to: 9 });
  assert.deepEqual(findFragment('汇园1单元302', '30'), { from: 5, to: 7 });
});

test('what was typed is understood', () => {
  const cases = [
    ['15400001234', [{ kind: 'digits', text: '15400001234', exact: 'phone' }]],
    ['+86 154-0000-1234', [{ kind: 'digits', text: '15400001234', exact: 'phone' }]],
    ['１５４００００１２３４', [{ kind: 'digits', text: '15400001234', exact: 'phone' }]],
    ['3706300017', [{ kind: 'digits', text: '3706300017', exact: 'account' }]],
    ['370630001712', [{ kind: 'digits', text: '370630001712', exact: 'meter' }]],
    ['1234', [{ kind: 'digits', text: '1234', exact: null }]],
    ['WJG', [{ kind: 'letters', text: 'wjg' }]],
    ['王建国', [{ kind: 'text', text: '王建国', name: true }]],
    [
      '文登区宋村镇 张伟',
      [
        { kind: 'text', text: '宋村镇', name: true },
        { kind: 'text', text: '张伟', name: true },
      ],
    ],
    ['10kV城北线', [{ kind: 'text', text: '10kv城北线', name: false }]],
    [
      '12 302',
      [
        { kind: 'digits', text: '12', exact: null },
        { kind: 'digits', text: '302', exact: null },
      ],
    ],
    [' \u0000 %_', []],
  ] as const;
  for (const [typed, words] of cases) assert.deepEqual(parseSearch(typed), words, typed);
});

test('masks keep what the rules allow', () => {
  assert.equal(maskName('王强', 'person'), '王*');
  assert.equal(maskName('王国强', 'person'), '王*强');
  assert.equal(maskName('尉迟敬德', 'person'), '尉**德');
  assert.equal(maskName('文登机械厂', 'organisation'), '文登机械厂');
  assert.equal(maskPhone('15412348000'), '154****8000');
  assert.equal(maskPhone('8451234'), '***1234');
  assert.equal(maskNumber('3706300017'), '3706***017');
  assert.equal(maskAddress('宋村镇石羊村'), '宋村镇石羊村***');
  assert.equal(reveal('王建国', '王*国', { from: 1, to: 3 }), '王建国');
});

test('a phone mask never shows more than seven digits, whatever the number', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{1,20}$/), (phone) => {
      const masked = maskPhone(phone);
      assert.equal(masked.length, phone.length);
      assert.ok(masked.replaceAll('*', '').length <= Math.max(7, phone.length - 4));
      assert.ok(masked.includes('*'));
    }),
  );
});
