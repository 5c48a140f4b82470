import type { DoorDefinition, OutsideField } from '#modules/process/domain/index.ts';
import type { OutsideOrder } from './outside-order.ts';

export type Table = {
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
};

/** Reads comma- or tab-separated text (RFC 4180: quotes double inside quotes, lines may break inside them). */
export function readCsv(text: string): Table {
  const separator = (text.split('\n', 1)[0] ?? '').includes('\t') ? '\t' : ',';
  const rows: { line: number; cells: string[] }[] = [];
  let [cells, cell, quoted, line, begun]: [string[], string, boolean, number, number] = [[], '', false, 1, 1];
  const endRow = () => {
    cells.push(cell);
    if (cells.some((one) => one.trim() !== '')) rows.push({ line: begun, cells });
    [cells, cell] = [[], ''];
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (c === '\n') line++;
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') {
        cell += '"';
        i++;
      } else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === separator) {
      cells.push(cell);
      cell = '';
    } else if (c === '\n') {
      endRow();
      begun = line;
    } else if (c !== '\r') cell += c;
  }
  endRow();
  const [header, ...rest] = rows;
  return { header: (header?.cells ?? []).map((one) => one.trim()), rows: rest };
}

/** Which field a label of theirs names. */
function fieldOf(labels: DoorDefinition['labels'], label: string): OutsideField | undefined {
  const said = label.replace(/[\s【】[\]*]/g, '');
  const entries = Object.entries(labels) as [OutsideField, readonly string[]][];
  return entries.find(([, names]) => names.includes(said))?.[0];
}

export type ReadOrder = { readonly line: number; readonly order: OutsideOrder };

export type ReadOrders = {
  readonly orders: readonly ReadOrder[];
  /** Labels that no field goes by: shown, so that nobody believes that they were taken in. */
  readonly unknown: readonly string[];
};

/** One order a row. Of two columns for one field the first that says something counts. */
export function ordersOfTable(labels: DoorDefinition['labels'], table: Table): ReadOrders {
  const fields = table.header.map((label) => fieldOf(labels, label));
  const orders = table.rows.map(({ line, cells }) => {
    const order: Partial<Record<OutsideField, string>> = {};
    fields.forEach((field, i) => {
      const text = cells[i]?.trim() ?? '';
      if (field !== undefined && text !== '' && order[field] === undefined) order[field] = text;
    });
    return { line, order };
  });
  return {
    orders,
    unknown: table.header.filter((label, i) => label !== '' && fields[i] === undefined),
  };
}

/**
 * Reads a pasted block: `标签：内容` a line or several on one, text that goes on over lines. A number seen a second time
 * begins the next order.
 */
export function ordersOfPaste(labels: DoorDefinition['labels'], text: string): ReadOrders {
  const names = Object.values(labels)
    .flat()
    .toSorted((a, b) => b.length - a.length);
  const label = new RegExp(`(?<![\\p{L}\\p{N}])[【[]?(${names.join('|')})[】\\]]?\\s*[：:]`, 'gu');
  const marks = [...text.matchAll(label)];
  const orders: { line: number; order: Partial<Record<OutsideField, string>> }[] = [];
  marks.forEach((mark, i) => {
    const field = fieldOf(labels, mark[1] ?? '');
    if (field === undefined) return;
    const value = text.slice(mark.index + mark[0].length, marks[i + 1]?.index ?? text.length).trim();
    const current = orders.at(-1);
    const line = text.slice(0, mark.index).split('\n').length;
    if (current === undefined || (field === 'number' && current.order.number !== undefined))
      orders.push({ line, order: { [field]: value } });
    else if (current.order[field] === undefined) current.order[field] = value;
  });
  return { orders, unknown: [] };
}
