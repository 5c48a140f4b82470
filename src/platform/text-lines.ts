import { isUtf8 } from 'node:buffer';

const LONGEST_LINE = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

/** A line of a file or of standard input, without its newline. */
export type TextLine = { readonly text: string } | 'too-long' | 'bad-encoding';

/** The lines of UTF-8 input in batches as they arrive, wherever it is cut; a line that cannot be read is said, not thrown. */
export async function* textLines(input: AsyncIterable<Buffer>): AsyncGenerator<readonly TextLine[]> {
  let first = true;
  for await (const bytes of wholeLines(input)) {
    const lines = bytes === 'too-long' ? [bytes] : linesOf(bytes);
    yield first ? lines.map((line, i) => (i === 0 ? withoutByteOrderMark(line) : line)) : lines;
    first = false;
  }
}

function withoutByteOrderMark(line: TextLine): TextLine {
  return typeof line === 'string' ? line : { text: line.text.replace(/^\uFEFF/, '') };
}

/** Stretches of whole lines; a line without end is passed over, so that it cannot fill the memory. */
async function* wholeLines(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer | 'too-long'> {
  let rest: Buffer[] = [];
  let [held, skipping] = [0, false];
  for await (const arrived of input) {
    let chunk = arrived;
    if (skipping) {
      const end = chunk.indexOf(NEWLINE);
      if (end < 0) continue;
      skipping = false;
      yield 'too-long';
      chunk = chunk.subarray(end + 1);
    }
    const last = chunk.lastIndexOf(NEWLINE);
    if (last >= 0) {
      yield Buffer.concat([...rest, chunk.subarray(0, last)]);
      [rest, held] = [[], 0];
    }
    rest.push(chunk.subarray(last + 1));
    held += chunk.length - last - 1;
    if (held > LONGEST_LINE) [rest, held, skipping] = [[], 0, true];
  }
  if (skipping) yield 'too-long';
  else if (held > 0) yield Buffer.concat(rest);
}

function linesOf(bytes: Buffer): readonly TextLine[] {
  if (isUtf8(bytes))
    return bytes
      .toString('utf8')
      .split('\n')
      .map((text) => ({ text }));
  const lines: TextLine[] = [];
  for (let from = 0; from <= bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    lines.push(isUtf8(line) ? { text: line.toString('utf8') } : 'bad-encoding');
    from = end < 0 ? bytes.length + 1 : end + 1;
  }
  return lines;
}
