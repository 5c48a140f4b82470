import { type CsvFault, type CsvRecord, csvRecords } from '#kernel/csv.ts';
import { DEVICE_KINDS } from './device.ts';
import { checkDraft, type RowPlaces } from './check-draft.ts';
import type { DraftDevice, DraftFault, DraftSupply, NetworkDraft } from './draft.ts';

export type CsvFile = { readonly name: string; readonly text: string };

type Known = Parameters<typeof checkDraft>[1];

/**
 * The CSV set of a network (docs/network-import.md): devices `code,name,kind,parent,normal,tie_to,length_m,kva,lon,lat` and meters
 * `meter_no,device`. Every fault with its row; a draft with faults is not to be imported.
 */
export function readNetworkCsv(
  { devices: deviceFile, meters: meterFile }: { readonly devices: CsvFile; readonly meters: CsvFile },
  known?: Known,
): NetworkDraft {
  const devices = readTable(deviceFile, ['code', 'kind', 'parent'], readDevice);
  const meters = readTable(meterFile, ['meter_no', 'device'], readMeter);
  const single = onePerCode(devices.rows, deviceFile.name);
  const draft: NetworkDraft = {
    devices: single.devices,
    supplies: meters.rows.map(({ value }) => value),
    faults: [],
  };
  const rows: RowPlaces = {
    deviceFile: deviceFile.name,
    deviceLines: new Map(devices.rows.map(({ line, value }) => [value.id, line])),
    meterFile: meterFile.name,
    // The later of two rows is the one too many.
    meterLines: new Map(meters.rows.map(({ line, value }) => [value.meter, line])),
  };
  const faults = [...devices.faults, ...single.faults, ...meters.faults, ...checkDraft(draft, known, rows)];
  return {
    ...draft,
    faults: faults.toSorted((a, b) => compareText(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0)),
  };
}

type Row<T> = { readonly line: number; readonly value: T };
type Cells = (column: string) => string;
type Wrong = { readonly wrong: string; readonly detail?: DraftFault['detail']; readonly item: string | null };

function readTable<T extends object>(
  { name, text }: CsvFile,
  needed: readonly string[],
  readRow: (cells: Cells) => T | Wrong,
): { readonly rows: readonly Row<T>[]; readonly faults: readonly DraftFault[] } {
  const records = csvRecords(text);
  const first: CsvRecord | CsvFault | undefined = records.next().value ?? undefined;
  const header =
    first !== undefined && 'fields' in first ? first.fields.map((field) => field.trim().toLowerCase()) : [];
  const missing = needed.filter((column) => !header.includes(column));
  if (missing.length > 0)
    return {
      rows: [],
      faults: missing.map((column) => ({
        file: name,
        line: 1,
        item: null,
        code: 'network.missing-column',
        detail: { column },
      })),
    };
  const rows: Row<T>[] = [];
  const faults: DraftFault[] = [];
  for (const record of records) {
    const read =
      'fault' in record
        ? { wrong: 'network.bad-quote', item: null }
        : readRow((column) => record.fields[header.indexOf(column)]?.trim() ?? '');
    if (!('wrong' in read)) rows.push({ line: record.line, value: read });
    else
      faults.push({
        file: name,
        line: record.line,
        item: read.item,
        code: read.wrong,
        ...(read.detail === undefined ? {} : { detail: read.detail }),
      });
  }
  return { rows, faults };
}

function readDevice(cells: Cells): DraftDevice | Wrong {
  const id = cells('code');
  if (id === '') return { wrong: 'network.no-code', item: null };
  const kind = DEVICE_KINDS.find((one) => one === cells('kind').toLowerCase());
  if (kind === undefined) return { wrong: 'network.unknown-kind', detail: { kind: cells('kind') }, item: id };
  const normal = cells('normal').toLowerCase();
  if (!['', 'open', 'closed'].includes(normal))
    return { wrong: 'network.bad-value', detail: { column: 'normal' }, item: id };
  for (const column of ['length_m', 'kva', 'lon', 'lat'])
    if (!isNumber(cells(column), column)) return { wrong: 'network.bad-value', detail: { column }, item: id };
  return {
    id,
    kind,
    parent: cells('parent') || null,
    tieTo: cells('tie_to') || null,
    normallyOpen: normal === 'open',
    km: Number(cells('length_m')) / 1000,
    name: cells('name') || id,
    kva: numberOrNull(cells('kva')),
    lon: numberOrNull(cells('lon')),
    lat: numberOrNull(cells('lat')),
    placed: false,
  };
}

function readMeter(cells: Cells): DraftSupply | Wrong {
  const [meter, device] = [cells('meter_no'), cells('device')];
  if (meter === '') return { wrong: 'network.no-meter', item: null };
  return device === '' ? { wrong: 'network.meter-without-device', item: meter } : { meter, device };
}

/** A code on two rows: with two parents it is the one fault people ask about, else a plain repetition. */
function onePerCode(
  rows: readonly Row<DraftDevice>[],
  file: string,
): { readonly devices: readonly DraftDevice[]; readonly faults: readonly DraftFault[] } {
  const known = new Map<string, DraftDevice>();
  const faults: DraftFault[] = [];
  for (const { line, value } of rows) {
    const before = known.get(value.id);
    if (before === undefined) {
      known.set(value.id, value);
      continue;
    }
    const detail = { first: before.parent ?? '', second: value.parent ?? '' };
    const twoParents = before.parent !== value.parent;
    faults.push(
      twoParents
        ? { file, line, item: value.id, code: 'network.two-parents', detail }
        : { file, line, item: value.id, code: 'network.code-twice' },
    );
  }
  return { devices: [...known.values()], faults };
}

function isNumber(cell: string, column: string): boolean {
  if (cell === '') return true;
  const value = Number(cell);
  if (!Number.isFinite(value)) return false;
  if (column === 'lon') return Math.abs(value) <= 180;
  return column === 'lat' ? Math.abs(value) <= 90 : value >= 0;
}

function numberOrNull(cell: string): number | null {
  return cell === '' ? null : Number(cell);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
