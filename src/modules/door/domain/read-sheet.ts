import type { OutsideReplyField } from '#modules/process/domain/index.ts';
import { readCsv } from './read-text.ts';

type Column = Pick<OutsideReplyField, 'id' | 'name' | 'form'>;

export type SheetRow = {
  line: number;
  number: string;
  fields: Record<string, string>;
};

/** What the column of the number may be called, in both languages. */
const NUMBER = ['编号', '工单编号', '受理编号', 'Number'];

/** The rows of a sheet that came back; columns that are none of ours are left out. 是 and 否 are the answers of a yes-no field. */
export function readSheet(columns: readonly Column[], text: string): SheetRow[] {
  const { header, rows } = readCsv(text.replace(/^\ufeff/, ''));
  const at = header.findIndex((label) => NUMBER.includes(label));
  if (at < 0) return [];
  return rows.flatMap(({ line, cells }) => {
    const number = plain(cells[at]);
    if (number === '') return [];
    const fields = columns.flatMap(({ id, name, form }): (readonly [string, string])[] => {
      const i = header.findIndex((label) => label === name.zh || label === name.en);
      const said = plain(cells[i]);
      return i < 0 ? [] : [[id, form === 'yes-no' ? yesNo(said) : said]];
    });
    return [{ line, number, fields: Object.fromEntries(fields) }];
  });
}

/** A value as it goes out: 是 or 否 for an answer by yes or no. */
export function shownAs(form: Column['form'], value: string): string {
  if (form !== 'yes-no' || value === '') return value;
  return value === 'yes' ? '是' : '否';
}

/** A cell that we wrote with a mark in front, so that no spreadsheet runs it as a formula, loses the mark again. */
function plain(cell: string | undefined): string {
  return (cell ?? '').trim().replace(/^'(?=[=+\-@＝＋－＠])/, '');
}

function yesNo(said: string): string {
  if (['是', 'yes', 'Yes', 'Y'].includes(said)) return 'yes';
  return ['否', 'no', 'No', 'N'].includes(said) ? 'no' : said;
}
