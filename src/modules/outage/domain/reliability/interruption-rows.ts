import { type CsvFault, type CsvRecord, csvRecords } from '#kernel/csv.ts';
import { HOUR, type Instant } from '#kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '#kernel/result.ts';
import { parseInstant } from '#modules/clock/domain/index.ts';

/** One interruption of supply as a row tells it. */
export type InterruptionRow = {
  /** Wall time of the place, written as if it were UTC: days and years are cut from it without a zone. */
  readonly start: Instant;
  readonly minutes: number;
  readonly customers: number;
};

export type RowFault = { readonly line: number; readonly id: string | null; readonly refusal: Refusal };

export type InterruptionTable = {
  readonly rows: readonly InterruptionRow[];
  readonly faults: readonly RowFault[];
};

/** A time with an offset is put on the clock of the business zone (Asia/Shanghai, no daylight saving since 1991). */
const ZONE_OFFSET = 8 * HOUR;

const NEEDED = ['start', 'end', 'customers'] as const;

/**
 * The rows of a CSV text with the columns `start,end,customers` in any order, further ones allowed (`id` names a row in its
 * fault). A refusal when the header cannot be read; a faulty row is a fault and the rest goes on. Empty text: no rows.
 */
export function readInterruptions(text: string): InterruptionTable | Refusal {
  const records = csvRecords(text);
  const first = records.next();
  if (first.done === true) return { rows: [], faults: [] };
  const header = readHeader(first.value);
  if (isRefusal(header)) return header;

  const rows: InterruptionRow[] = [];
  const faults: RowFault[] = [];
  for (const record of records) {
    const row = readRow(record, header);
    if (isRefusal(row)) faults.push({ line: record.line, id: idOf(record, header), refusal: row });
    else rows.push(row);
  }
  return { rows, faults };
}

type Header = {
  readonly start: number;
  readonly end: number;
  readonly customers: number;
  readonly id: number;
  readonly width: number;
};

function readHeader(record: CsvRecord | CsvFault): Header | Refusal {
  if ('fault' in record) return refuse('reliability.bad-quote');
  const names = record.fields.map((name) => name.trim().toLowerCase());
  for (const name of NEEDED) {
    if (!names.includes(name)) return refuse('reliability.missing-column', { column: name });
    if (names.indexOf(name) !== names.lastIndexOf(name))
      return refuse('reliability.doubled-column', { column: name });
  }
  const [start, end, customers] = [names.indexOf('start'), names.indexOf('end'), names.indexOf('customers')];
  return { start, end, customers, id: names.indexOf('id'), width: names.length };
}

function readRow(record: CsvRecord | CsvFault, header: Header): InterruptionRow | Refusal {
  if ('fault' in record) return refuse('reliability.bad-quote');
  const { fields } = record;
  // More values than columns: a comma without quotes has shifted them, so that none can be trusted.
  if (fields.slice(header.width).some((surplus) => surplus.trim() !== ''))
    return refuse('reliability.too-many-values', { values: fields.length, columns: header.width });
  const start = readTime('start', fields[header.start]);
  if (isRefusal(start)) return start;
  const end = readTime('end', fields[header.end]);
  if (isRefusal(end)) return end;
  if (end < start) return refuse('reliability.ends-before-start');
  const customers = readCustomers(fields[header.customers]);
  return isRefusal(customers) ? customers : { start, minutes: (end - start) / 60_000, customers };
}

function readTime(column: 'start' | 'end', field: string | undefined): Instant | Refusal {
  const text = (field ?? '').trim();
  if (text === '') return refuse('reliability.missing-value', { column });
  const wall = parseInstant(`${text}Z`);
  if (wall !== undefined) return wall;
  const at = parseInstant(text);
  return at === undefined ? refuse('reliability.bad-time', { column }) : at + ZONE_OFFSET;
}

function readCustomers(field: string | undefined): number | Refusal {
  const text = (field ?? '').trim();
  if (text === '') return refuse('reliability.missing-value', { column: 'customers' });
  // Nine digits: more than any company has, and products with minutes stay exact.
  return /^\d{1,9}$/.test(text) ? Number(text) : refuse('reliability.bad-customers');
}

function idOf(record: CsvRecord | CsvFault, header: Header): string | null {
  if ('fault' in record || header.id < 0) return null;
  return record.fields[header.id]?.trim() || null;
}
