import { type Refusal, refuse } from '#kernel/result.ts';
import { cleanJpeg } from './clean-jpeg.ts';
import { checkPdf } from './check-pdf.ts';
import type { CleanPicture } from './clean-picture.ts';
import { cleanPng } from './clean-png.ts';
import { cleanWebp } from './clean-webp.ts';

export type FileKind = 'jpeg' | 'png' | 'webp' | 'pdf';

export type CleanFile = {
  readonly kind: FileKind;
  /** What is stored: without position, camera, comments, previews and whatever hung behind the end. */
  readonly bytes: Buffer;
  /** Of pictures. */
  readonly width: number | null;
  readonly height: number | null;
};

export const LARGEST_FILE = 10 * 1024 * 1024;
/** Above what phones take (50 million), far below what fills a machine's memory when it is unpacked (4 bytes each). */
const MOST_PIXELS = 60_000_000;
const LONGEST_SIDE = 20_000;

/**
 * Decides by content what a file is, and takes out of pictures everything that is not the picture. The name and the type
 * that came with it are not looked at. Refusals: `file.empty`, `file.too-large`, `file.unknown-kind`, `file.damaged`,
 * `file.too-many-pixels`, `file.has-script`.
 */
export function cleanFile(bytes: Buffer): CleanFile | Refusal {
  if (bytes.length === 0) return refuse('file.empty');
  if (bytes.length > LARGEST_FILE) return refuse('file.too-large', { limit: 10 });
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return picture('jpeg', cleanJpeg(bytes));
  if (bytes.subarray(1, 4).toString('latin1') === 'PNG') return picture('png', cleanPng(bytes));
  if (bytes.subarray(8, 12).toString('latin1') === 'WEBP') return picture('webp', cleanWebp(bytes));
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return document(bytes);
  return refuse('file.unknown-kind');
}

function picture(kind: FileKind, clean: CleanPicture | undefined): CleanFile | Refusal {
  if (clean === undefined) return refuse('file.damaged');
  const { bytes, width, height } = clean;
  if (width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE)
    return refuse('file.too-many-pixels', { width, height });
  return { kind, bytes, width, height };
}

function document(bytes: Buffer): CleanFile | Refusal {
  const found = checkPdf(bytes);
  if (found === 'damaged') return refuse('file.damaged');
  if (found === 'script') return refuse('file.has-script');
  return { kind: 'pdf', bytes, width: null, height: null };
}
