import { crc32 } from 'node:zlib';
import type { CleanPicture } from './clean-picture.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What is needed to show the picture; texts, times, EXIF, profiles and animations are left out. */
const KEPT = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'sBIT',
  'bKGD',
  'pHYs',
]);

/** Rewrites a PNG chunk by chunk, checking each sum. Undefined: it is damaged or cut off. */
export function cleanPng(bytes: Buffer): CleanPicture | undefined {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) return undefined;
  const kept: Buffer[] = [SIGNATURE];
  let size: { width: number; height: number } | undefined;
  let hasData = false;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) return undefined;
    const body = bytes.subarray(at + 4, end - 4);
    if (crc32(body) !== bytes.readUInt32BE(end - 4)) return undefined;
    const type = body.subarray(0, 4).toString('latin1');
    if (size === undefined) {
      if (type !== 'IHDR' || length !== 13) return undefined;
      size = { width: body.readUInt32BE(4), height: body.readUInt32BE(8) };
    }
    hasData ||= type === 'IDAT';
    if (KEPT.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') return hasData ? { bytes: Buffer.concat(kept), ...size } : undefined;
    at = end;
  }
  return undefined;
}
