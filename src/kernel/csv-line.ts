/** UTF-8 with this in front is read as Chinese by spreadsheets, and only then. */
export const CSV_MARK = '\ufeff';

/** Cells that a spreadsheet would run as a formula; full-width signs too. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/** One line of a CSV file as spreadsheets read it, its end included. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
