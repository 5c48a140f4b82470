import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, guessEncoding } from './decode.ts';

test('GB18030 and UTF-8 are told apart, and each comes back as it was', () => {
  const text = '受理编号,受理内容\n1,“停电”㐀';
  const utf8 = new TextEncoder().encode(`\ufeff${text}`);
  assert.equal(guessEncoding(utf8), 'utf-8');
  assert.equal(decode(utf8, 'utf-8'), text);
  // 受理编号,停电 in GB18030.
  const gb = Uint8Array.from([0xca, 0xdc, 0xc0, 0xed, 0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xcd, 0xa3, 0xb5, 0xe7]);
  assert.equal(guessEncoding(gb), 'gb18030');
  assert.equal(decode(gb, 'gb18030'), '受理编号,停电');
  assert.equal(decode(gb, 'utf-8'), undefined);
  assert.equal(guessEncoding(Uint8Array.from([0x81])), undefined);
});
