import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { CSV_MARK, csvLine } from '#kernel/csv-line.ts';
import { sendStream } from './file-door.ts';
import { XLSX, xlsxOf } from './xlsx-file.ts';

export type ListFormat = 'csv' | 'xlsx';
type Lines = AsyncIterable<readonly string[]>;

/** Sends a list as a file of this name, its head first, as fast as it is taken. */
export function sendList(reply: FastifyReply, file: string, as: ListFormat, lines: Lines): FastifyReply {
  const made =
    as === 'xlsx'
      ? { type: XLSX, content: xlsxOf(file, lines) }
      : { type: 'text/csv; charset=utf-8', content: Readable.from(csvText(lines)) };
  return sendStream(reply, { name: `${file}.${as}`, ...made });
}

async function* csvText(lines: Lines): AsyncGenerator<string> {
  yield CSV_MARK;
  for await (const line of lines) yield csvLine(line);
}
