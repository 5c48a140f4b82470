/** One record of a CSV file with the line (from 1) on which it begins. */
export type CsvRecord = { readonly line: number; readonly fields: readonly string[] };
/** A quote that is opened on this line and never closed, or text after a closing quote. */
export type CsvFault = { readonly line: number; readonly fault: 'bad-quote' };

/**
 * Reads CSV as RFC 4180 has it, with what offices really send: a byte-order mark, CRLF or LF, blank lines, no last line
 * end. After a faulty record it goes on with the next line of the file, so that one quote does not swallow the rest.
 */
export function* csvRecords(text: string): Generator<CsvRecord | CsvFault> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const plain = readPlainRecord(text, at);
    const read = plain ?? readRecord(text, at);
    const end = read?.next ?? endOfLine(text, at);
    if (read === undefined) yield { line, fault: 'bad-quote' };
    else if (read.fields.length > 1 || (read.fields[0] ?? '').trim() !== '') {
      yield { line, fields: read.fields };
    }
    line += plain === undefined ? countLines(text, at, end) : 1;
    at = end;
  }
}

type Read = { readonly fields: readonly string[]; readonly next: number };

/** Nine records in ten hold no quote: one line, cut at its commas. */
function readPlainRecord(text: string, from: number): Read | undefined {
  const next = endOfLine(text, from);
  const record = text.slice(from, next).replace(/\r?\n$/, '');
  return record.includes('"') ? undefined : { fields: record.split(','), next };
}

function readRecord(text: string, from: number): Read | undefined {
  const fields: string[] = [];
  let at = from;
  for (;;) {
    const field = text[at] === '"' ? readQuoted(text, at) : readBare(text, at);
    if (field === undefined) return undefined;
    fields.push(field.value);
    at = field.next;
    if (text[at] === ',') at += 1;
    else if (at >= text.length) return { fields, next: at };
    else if (text[at] === '\n') return { fields, next: at + 1 };
    else if (text.startsWith('\r\n', at)) return { fields, next: at + 2 };
    else return undefined;
  }
}

function readQuoted(
  text: string,
  from: number,
): { readonly value: string; readonly next: number } | undefined {
  let value = '';
  for (let at = from + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return undefined;
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, next: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}

function readBare(text: string, from: number): { readonly value: string; readonly next: number } {
  let at = from;
  while (at < text.length && text[at] !== ',' && text[at] !== '\n' && !text.startsWith('\r\n', at)) at += 1;
  return { value: text.slice(from, at), next: at };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
