import type { CleanPicture } from './clean-picture.ts';

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const APP1 = 0xe1;
/** Start of frame: baseline to lossless, without the three markers in between that are tables (ISO 10918-1, B.1). */
const FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
/** Kept application segments: JFIF (density) and Adobe (colour transform); the rest are EXIF, XMP, IPTC, previews, profiles. */
const KEPT_APPS = new Set([0xe0, 0xee]);
const COMMENT = 0xfe;

/**
 * Rewrites a JPEG segment by segment: picture data stays byte for byte, everything that tells where, when and with what
 * it was taken goes, and so does whatever follows the end. Which way is up is kept, in an EXIF segment of that alone.
 * Undefined: it is damaged or cut off.
 */
export function cleanJpeg(bytes: Buffer): CleanPicture | undefined {
  const kept: Buffer[] = [Buffer.from([0xff, START])];
  let size: { width: number; height: number } | undefined;
  let turned = 1;
  let at = 2;
  while (at + 4 <= bytes.length || bytes[at + 1] === END) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END) {
      kept.push(Buffer.from([0xff, END]));
      return size === undefined ? undefined : { bytes: withOrientation(kept, turned), ...size };
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || end < at + 4) return undefined;
    const segment = bytes.subarray(at, end);
    if (FRAMES.has(marker)) {
      if (segment.length < 9) return undefined;
      size = { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) };
    }
    if (marker === APP1) turned = orientationIn(segment) ?? turned;
    const dropped = (marker >= 0xe0 && marker <= 0xef && !KEPT_APPS.has(marker)) || marker === COMMENT;
    if (!dropped) kept.push(segment);
    at = end;
    if (marker === SCAN) {
      const dataEnd = endOfScan(bytes, at);
      if (dataEnd === undefined) return undefined;
      kept.push(bytes.subarray(at, dataEnd));
      at = dataEnd;
    }
  }
  return undefined;
}

/** Picture data ends at the next marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Buffer, from: number): number | undefined {
  for (
    let at = bytes.indexOf(0xff, from);
    at !== -1 && at + 1 < bytes.length;
    at = bytes.indexOf(0xff, at + 1)
  ) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return undefined;
}

/** Tag 0x0112 of the first directory of an EXIF segment (CIPA DC-008): 1 to 8. */
function orientationIn(segment: Buffer): number | undefined {
  if (segment.subarray(4, 10).toString('latin1') !== 'Exif\0\0' || segment.length < 18) return undefined;
  const tiff = segment.subarray(10);
  const little = tiff.subarray(0, 2).toString('latin1') === 'II';
  const u16 = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let i = 0; i < u16(first); i++) {
    const entry = first + 2 + i * 12;
    if (entry + 12 > tiff.length) return undefined;
    const value = u16(entry + 8);
    if (u16(entry) === 0x0112) return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

function withOrientation(segments: readonly Buffer[], turned: number): Buffer {
  if (turned === 1) return Buffer.concat(segments);
  const [start = Buffer.alloc(0), ...rest] = segments;
  const exif = Buffer.from([
    0xff,
    APP1,
    0,
    34,
    0x45,
    0x78,
    0x69,
    0x66,
    0,
    0,
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    turned,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
  return Buffer.concat([start, exif, ...rest]);
}
