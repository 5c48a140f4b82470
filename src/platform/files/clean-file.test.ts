import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { isRefusal } from '#kernel/result.ts';
import { cleanFile, LARGEST_FILE } from './clean-file.ts';
import { attachmentHeader, cleanFileName } from './file-name.ts';

const HTML = '<html><script>alert(1)</script></html>';

function clean(bytes: Buffer) {
  const result = cleanFile(bytes);
  assert.ok(!isRefusal(result), JSON.stringify(result));
  return result;
}

function refusalOf(bytes: Buffer): string {
  const result = cleanFile(bytes);
  return isRefusal(result) ? result.refused : `accepted as ${result.kind}`;
}

function segment(marker: number, body: Buffer | string): Buffer {
  const data = Buffer.from(body);
  return Buffer.concat([Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff]), data]);
}

/** EXIF as a phone writes it: which way is up, and where it was taken. */
const EXIF = Buffer.concat([
  Buffer.from('Exif\0\0II*\0\x08\0\0\0', 'latin1'),
  Buffer.from([1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]),
  Buffer.from('GPS 37.1942 122.0581'),
]);

/** Width and height as big-endian in a baseline frame; scan data with a stuffed zero and a restart marker. */
function jpeg(width = 3000, height = 4000, tail: Buffer | string = ''): Buffer {
  const frame = Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0'),
    segment(0xe1, EXIF),
    segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>'),
    segment(0xfe, HTML),
    segment(0xc0, frame),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]),
    Buffer.from([0xff, 0xd9]),
    Buffer.from(tail),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

function png(width: number, height: number, extra: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(8, 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    extra,
    chunk('IDAT', deflateSync(Buffer.alloc(100))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const pdf = (body: string) => Buffer.from(`%PDF-1.7\n${body}\n%%EOF\n`);

function webp(...chunks: readonly (readonly [string, Buffer])[]): Buffer {
  const body = Buffer.concat(
    chunks.map(([type, data]) => {
      const head = Buffer.alloc(8);
      head.write(type, 'latin1');
      head.writeUInt32LE(data.length, 4);
      return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
    }),
  );
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(4 + body.length, 4);
  return Buffer.concat([head, body]);
}

test('a JPEG loses position, comments and what hangs behind it, and keeps which way is up and every byte of the picture', () => {
  const result = clean(jpeg(3000, 4000, HTML));
  const text = result.bytes.toString('latin1');
  assert.deepEqual([result.kind, result.width, result.height], ['jpeg', 3000, 4000]);
  for (const gone of ['GPS', 'xap', 'script', 'II*']) assert.equal(text.includes(gone), false, gone);
  assert.ok(text.includes('JFIF'));
  assert.ok(text.includes('\x01\x02\xff\0\x03\xff\xd0\x04\xff\xd9'));
  assert.ok(text.includes('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06'));
  assert.deepEqual(clean(result.bytes).bytes, result.bytes, 'cleaning twice changes nothing');
});

test('a PNG loses texts and foreign chunks; a real one stays a real one', () => {
  const result = clean(png(10, 10, chunk('tEXt', Buffer.from(`Comment\0${HTML}`))));
  assert.equal(result.bytes.includes('script'), false);
  const real = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'pictures', 'case.png'));
  const kept = clean(real);
  assert.ok(kept.width !== null && kept.width > 300);
  assert.ok(kept.bytes.length <= real.length);
});

test('a WebP loses EXIF, XMP and profile, and the flags that announce them', () => {
  const still = Buffer.from([0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01, 9]);
  const canvas = Buffer.from([0x3c, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0]);
  const result = clean(
    webp(
      ['VP8X', canvas],
      ['ICCP', Buffer.from('profile')],
      ['VP8 ', still],
      ['EXIF', EXIF],
      ['XMP ', Buffer.from(HTML)],
    ),
  );
  assert.deepEqual([result.width, result.height], [640, 480]);
  assert.equal(result.bytes.includes('GPS'), false);
  assert.equal(result.bytes.includes('script'), false);
  assert.equal(result.bytes[20], 0x10);
  assert.equal(result.bytes.readUInt32LE(4), result.bytes.length - 8);
});

test('content decides: scripts dressed as pictures are refused', () => {
  assert.equal(refusalOf(Buffer.from(HTML)), 'file.unknown-kind');
  assert.equal(
    refusalOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')),
    'file.unknown-kind',
  );
  assert.equal(refusalOf(Buffer.from(`GIF89a/*${HTML}*/`)), 'file.unknown-kind');
  assert.equal(
    refusalOf(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(HTML)])),
    'file.damaged',
  );
  assert.equal(refusalOf(Buffer.from('PK\x03\x04../../etc/passwd')), 'file.unknown-kind');
  assert.equal(refusalOf(Buffer.alloc(0)), 'file.empty');
});

test('a picture that would fill the memory is refused by its header, one that is too large by its size', () => {
  assert.equal(refusalOf(png(50_000, 50_000)), 'file.too-many-pixels');
  assert.equal(refusalOf(jpeg(60_000, 2000)), 'file.too-many-pixels');
  assert.equal(refusalOf(Buffer.alloc(LARGEST_FILE + 1)), 'file.too-large');
});

test('cut off anywhere, a picture is damaged and never a throw', () => {
  const still = Buffer.from([0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01, 9, 9]);
  for (const whole of [jpeg(), png(9, 9), webp(['VP8 ', still])])
    for (let length = 12; length < whole.length; length++)
      assert.equal(refusalOf(whole.subarray(0, length)), 'file.damaged', `${length} of ${whole.length}`);
});

test('a PDF that acts is refused, also with its names disguised', () => {
  assert.equal(clean(pdf('1 0 obj << /Type /Catalog >> endobj')).kind, 'pdf');
  assert.equal(
    refusalOf(pdf('<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>')),
    'file.has-script',
  );
  assert.equal(refusalOf(pdf('<< /S /J#61vaScript >>')), 'file.has-script');
  assert.equal(refusalOf(pdf('<< /S /Launch /F (cmd.exe) >>')), 'file.has-script');
  assert.equal(refusalOf(Buffer.from('%PDF-1.7 cut off')), 'file.damaged');
});

test('names become labels: no folder, no control character, the ending of the content', () => {
  const names: readonly (readonly [string, string])[] = [
    ['../../etc/passwd', 'passwd.jpg'],
    ['..\\..\\boot.ini', 'boot.jpg'],
    ['a\0.jpg', 'a.jpg'],
    ['表箱\r\nSet-Cookie: x=1.png', '表箱Set-Cookie x=1.jpg'],
    ['\u202Egpj.exe', 'gpj.jpg'],
    ['CON', 'file.jpg'],
    ['...', 'file.jpg'],
    ['', 'file.jpg'],
    ['\uD800.png', '\uFFFD.jpg'],
    [`${'长'.repeat(300)}.png`, `${'长'.repeat(80)}.jpg`],
  ];
  for (const [given, wanted] of names) assert.equal(cleanFileName(given, 'jpeg'), wanted);
  assert.equal(
    attachmentHeader("表箱 '1'.jpg"),
    'attachment; filename="__ _1_.jpg"; filename*=UTF-8\'\'%E8%A1%A8%E7%AE%B1%20%271%27.jpg',
  );
});
