import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Messages } from './lib/i18n.ts';

const HERE = new URL('.', import.meta.url).pathname;
const HAN = /[\u4e00-\u9fff]/;
const files = globSync('**/*.{ts,tsx}', { cwd: HERE }).filter((file) => !file.endsWith('.test.ts'));
const catalogues = files.filter((file) => /(^|[/-])messages\.ts$/.test(file));

async function messagesOf(file: string): Promise<[string, Messages][]> {
  const module = (await import(`./${file}`)) as Record<string, unknown>;
  return Object.entries(module).filter(
    (entry): entry is [string, Messages] =>
      typeof entry[1] === 'object' && entry[1] !== null && 'zh' in entry[1] && 'en' in entry[1],
  );
}

test('each catalogue is complete in English, with the same placeholders and no Chinese left', async () => {
  assert.ok(catalogues.length >= 4, 'the catalogues were found');
  for (const file of catalogues) {
    for (const [name, { zh, en }] of await messagesOf(file)) {
      assert.deepEqual(Object.keys(en).toSorted(), Object.keys(zh).toSorted(), `${file} ${name}`);
      for (const key of Object.keys(zh)) {
        const where = `${file} ${name} ${key}`;
        assert.notEqual(en[key], '', where);
        assert.deepEqual(placeholders(en[key]), placeholders(zh[key]), where);
        // A language names itself in its own script.
        if (key !== 'top.language') assert.doesNotMatch(en[key] ?? '', HAN, where);
      }
    }
  }
});

test('Chinese texts carry full-width punctuation, and a space between Chinese and Latin', async () => {
  for (const file of catalogues) {
    for (const [name, { zh }] of await messagesOf(file)) {
      for (const [key, text] of Object.entries(zh)) {
        const where = `${file} ${name} ${key}: ${text}`;
        assert.doesNotMatch(text, /[\u4e00-\u9fff}][,;:?!]|[,;:?!][\u4e00-\u9fff]/, where);
        assert.doesNotMatch(text, /[\u4e00-\u9fff][A-Za-z]|[A-Za-z][\u4e00-\u9fff]/, where);
      }
    }
  }
});

test('no component carries a text of its own: Chinese stands in catalogues only', () => {
  const guilty = files
    .filter((file) => !catalogues.includes(file))
    .flatMap((file) => linesWithHan(file).map((line) => `${file}: ${line.trim()}`));
  assert.deepEqual(guilty, []);
});

function linesWithHan(file: string): string[] {
  const code = readFileSync(HERE + file, 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '');
  return code.split('\n').filter((line) => HAN.test(line));
}

function placeholders(text: string | undefined): string[] {
  return [...(text ?? '').matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted();
}
