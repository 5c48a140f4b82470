import { PassThrough, type Readable } from 'node:stream';
import { once } from 'node:events';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** A sheet of the format ends at 1,048,576 rows; what is longer goes on on the next one. */
const MOST_ROWS = 1_000_000;

/**
 * Lines as a workbook, made as fast as it is taken away: nothing is held in memory beyond what waits in the stream. Every cell
 * is text, so that no spreadsheet reads a formula into what a customer said. The first line is the head of each sheet.
 */
export function xlsxOf(name: string, lines: AsyncIterable<readonly string[]>): Readable {
  const out = new PassThrough();
  write(out, name, lines).catch((error: unknown) =>
    out.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return out;
}

async function write(out: PassThrough, name: string, lines: AsyncIterable<readonly string[]>): Promise<void> {
  // Loaded when somebody asks for a workbook: it is the largest library of the program.
  const { default: excel } = await import('exceljs');
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: out, useSharedStrings: false });
  const newSheet = (n: number) =>
    book.addWorksheet(n === 1 ? name : `${name} ${n}`, { views: [{ state: 'frozen', ySplit: 1 }] });
  let sheet = newSheet(1);
  let head: readonly string[] | undefined;
  let sheets = 1;
  let rows = 0;
  for await (const line of lines) {
    if (out.destroyed) return;
    if (rows === MOST_ROWS && head !== undefined) {
      sheet.commit();
      sheet = newSheet((sheets += 1));
      sheet.addRow([...head]).commit();
      rows = 0;
    }
    head ??= line;
    sheet.addRow([...line]).commit();
    rows += 1;
    if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), once(out, 'close')]);
  }
  sheet.commit();
  await book.commit();
}
