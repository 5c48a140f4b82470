import type { FileKind } from './clean-file.ts';

const ENDINGS: Readonly<Record<FileKind, string>> = { jpeg: 'jpg', png: 'png', webp: 'webp', pdf: 'pdf' };
const LONGEST = 80;

/**
 * The name as it may be kept and shown: no folder, no control character, no sign that turns the writing direction, and the
 * ending that the content has. It is a label only: nothing is ever stored under it.
 */
export function cleanFileName(given: string, kind: FileKind): string {
  const bare = given
    .toWellFormed()
    .split(/[/\\]/)
    .at(-1)
    ?.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"<>|:*?]/gu, '')
    .replace(/\.[^.]*$/, '')
    .replaceAll(/^[.\s]+|[.\s]+$/g, '');
  const name = [...(bare ?? '')].slice(0, LONGEST).join('');
  return `${name === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(name) ? 'file' : name}.${ENDINGS[kind]}`;
}

/** RFC 6266: an ASCII name for old browsers, the real one percent-encoded. */
export function attachmentHeader(name: string): string {
  const plain = name.replaceAll(/[^\w. -]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
