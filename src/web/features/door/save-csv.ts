import { CSV_MARK, csvLine } from '#kernel/csv-line.ts';

/** Hands a CSV file to the browser's downloads. */
export function saveCsv(name: string, rows: readonly (readonly string[])[]): void {
  const url = URL.createObjectURL(
    new Blob([CSV_MARK, ...rows.map(csvLine)], { type: 'text/csv;charset=utf-8' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Copies a text. By a selection, because on plain HTTP a page has no `navigator.clipboard`. */
export function copyText(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
