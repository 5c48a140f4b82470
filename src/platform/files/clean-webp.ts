import type { CleanPicture } from './clean-picture.ts';

/** Chunks of a still picture; EXIF, XMP, colour profile and animation are left out. */
const KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH']);
/** Of the flags in VP8X only "has transparency" stays. */
const ALPHA_FLAG = 0x10;

/** Rewrites a WebP chunk by chunk (RFC 9649). Undefined: it is damaged, cut off, or moves. */
export function cleanWebp(bytes: Buffer): CleanPicture | undefined {
  if (bytes.subarray(0, 4).toString('latin1') !== 'RIFF') return undefined;
  const stop = 8 + bytes.readUInt32LE(4);
  if (stop > bytes.length) return undefined;
  const kept: Buffer[] = [];
  let size: { width: number; height: number } | undefined;
  for (let at = 12; at + 8 <= stop; ) {
    const type = bytes.subarray(at, at + 4).toString('latin1');
    const end = at + 8 + bytes.readUInt32LE(at + 4);
    const padded = end + (end % 2);
    if (end > stop) return undefined;
    if (KEPT.has(type)) {
      const chunk = Buffer.alloc(padded - at);
      bytes.copy(chunk, 0, at, end);
      if (type === 'VP8X') chunk.writeUInt8((chunk[8] ?? 0) & ALPHA_FLAG, 8);
      else size = type === 'ALPH' ? size : sizeOf(type, chunk.subarray(8));
      kept.push(chunk);
    }
    at = padded;
  }
  return size === undefined ? undefined : { bytes: riff(kept), ...size };
}

/** Of the picture itself, not of the canvas that VP8X claims. */
function sizeOf(type: string, data: Buffer): { width: number; height: number } | undefined {
  if (type === 'VP8L') {
    if (data.length < 5 || data[0] !== 0x2f) return undefined;
    const bits = data.readUInt32LE(1);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (data.length < 10 || data.readUIntBE(3, 3) !== 0x9d012a) return undefined;
  return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
}

function riff(chunks: readonly Buffer[]): Buffer {
  const body = Buffer.concat(chunks);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(4 + body.length, 4);
  return Buffer.concat([head, body]);
}
