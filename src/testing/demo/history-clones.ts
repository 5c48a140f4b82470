import { HOUR, type Instant } from '#kernel/instant.ts';
import { caseNumber } from '#modules/case/domain/index.ts';
import { escape } from './copy-rows.ts';
import type { DemoCompany } from './demo-company.ts';
import { type Random, twoDigits } from './seeded.ts';
import type { Story, TextRow } from './story-rows.ts';

/** Where and when a story happens again. */
export type Place = { readonly householdId: string; readonly stationId: string };

export type Clone = {
  readonly story: CompiledStory;
  readonly place: Place;
  /** Whole weeks, so that weekdays and working hours stay what they were. */
  readonly shift: number;
  /** Under ten minutes; what lies on midnight, as deadlines by day do, stays there. */
  readonly jitter: number;
  readonly running: number;
};

type Slot = (values: CloneValues) => string;
type Piece = string | Slot;

type CloneValues = {
  readonly ids: readonly string[];
  readonly times: readonly string[];
  readonly millis: readonly string[];
  readonly people: ReadonlyMap<string, string>;
  readonly place: Place;
  readonly no: string;
  readonly phone: string;
};

/** A story made ready to be written again and again. */
export type CompiledStory = {
  readonly acceptedAt: Instant;
  readonly closedAt: Instant;
  readonly weight: number;
  readonly business: string;
  readonly areaClass: string | null;
  readonly stationId: string | null;
  readonly ids: number;
  readonly times: readonly Instant[];
  readonly tables: readonly {
    readonly table: string;
    readonly columns: readonly string[];
    readonly rows: readonly (readonly Piece[])[];
  }[];
};

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const STAMP = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00$/;
/** Milliseconds of our years inside JSON: `"at": 1767571200000`. */
const MILLIS = /\b1[6-9]\d{11}\b/g;
const ZONE = 8 * HOUR;
const DAY = 24 * HOUR;

/** Finds in the rows of a story what is its own (ids, times, place) and what is the company's. */
export function compileStory(story: Story): CompiledStory {
  const ids: string[] = [];
  const times: Instant[] = [];
  const own = new Set<string>();
  for (const rows of story.rows.values()) for (const row of rows) if (row['id']) own.add(row['id']);

  const idSlot = (id: string): Piece => {
    if (own.has(id)) {
      const i = indexIn(ids, id);
      return (values) => values.ids[i] ?? '';
    }
    if (id === story.householdId) return (values) => values.place.householdId;
    return (values) => values.people.get(id) ?? id;
  };
  const timeSlot = (at: Instant): Piece => {
    const i = indexIn(times, at);
    return (values) => values.times[i] ?? '';
  };
  const millisSlot = (at: Instant): Piece => {
    const i = indexIn(times, at);
    return (values) => values.millis[i] ?? '';
  };
  const pieces = (table: string, column: string, row: TextRow): readonly Piece[] => {
    const text = row[column];
    if (text === null || text === undefined) return ['\\N'];
    if (table === 'cases' && column === 'no') return [(values) => values.no];
    if (table === 'case_texts' && column === 'body' && row['kind'] === 'contact-phone')
      return [(values) => values.phone];
    if (STAMP.test(text)) return [timeSlot(instantOf(text))];
    return split(escape(text), UUID, idSlot).flatMap((piece) =>
      typeof piece === 'string' ? split(piece, MILLIS, (digits) => millisSlot(Number(digits))) : [piece],
    );
  };

  const [main] = story.rows.get('cases') ?? [];
  const tables = [...story.rows].flatMap(([table, rows]) => {
    const [first] = rows;
    if (first === undefined) return [];
    const columns = Object.keys(first);
    return [
      {
        table,
        columns,
        rows: rows.map((row) =>
          joined(
            columns.flatMap((column, i) => [
              ...pieces(table, column, row),
              i === columns.length - 1 ? '\n' : '\t',
            ]),
          ),
        ),
      },
    ];
  });
  const { weight, business, areaClass, stationId } = story;
  const acceptedAt = instantOf(main?.['accepted_at'] ?? '');
  const closedAt = instantOf(main?.['closed_at'] ?? '');
  return { acceptedAt, closedAt, weight, business, areaClass, stationId, ids: ids.length, times, tables };
}

/** As PostgreSQL prints it in UTC. */
function instantOf(text: string): Instant {
  return Date.parse(text.replace(' ', 'T').replace('+00', 'Z'));
}

function indexIn<T>(list: T[], value: T): number {
  const found = list.indexOf(value);
  return found >= 0 ? found : list.push(value) - 1;
}

/** Neighbouring constants become one. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') all[all.length - 1] = last + piece;
    else all.push(piece);
  }
  return all;
}

function split(text: string, pattern: RegExp, slot: (found: string) => Piece): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) pieces.push(text.slice(from, match.index));
    pieces.push(slot(match[0]));
    from = match.index + match[0].length;
  }
  if (from < text.length || pieces.length === 0) pieces.push(text.slice(from));
  return pieces;
}

/** Adds the lines of a clone to those of its tables. */
export function writeClone(
  clone: Clone,
  staff: StaffMap,
  random: Random,
  add: (table: string, columns: readonly string[], line: string) => void,
): void {
  const { story, shift, jitter, running, place } = clone;
  const at = story.times.map((time) => ((time + ZONE) % DAY === 0 ? time + shift : time + shift + jitter));
  const acceptedAt = story.acceptedAt + shift + jitter;
  const values: CloneValues = {
    ids: Array.from({ length: story.ids }, (_, i) => cloneId(acceptedAt, i, running)),
    times: at.map((time) => new Date(time).toISOString()),
    millis: at.map(String),
    people: story.stationId === null ? NOBODY : staff.between(story.stationId, place.stationId),
    place,
    no: caseNumber(running, acceptedAt),
    phone: `164${twoDigits(random.int(100))}${String(random.int(1_000_000)).padStart(6, '0')}`,
  };
  for (const { table, columns, rows } of story.tables)
    for (const row of rows) {
      let line = '';
      for (const piece of row) line += typeof piece === 'string' ? piece : piece(values);
      add(table, columns, line);
    }
}

const NOBODY: ReadonlyMap<string, string> = new Map();

/** A UUIDv7 of the moment, the clone and the place in it: unique, the same for the same seed, sorting by time. */
function cloneId(at: Instant, i: number, running: number): string {
  const time = at.toString(16).padStart(12, '0');
  const counter = (0x7000 | (i & 0xfff)).toString(16);
  const tail = running.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-${counter}-a5eed`.slice(0, 23) + `-${tail}`;
}

export type StaffMap = { between(from: string, to: string): ReadonlyMap<string, string> };

/** Who stands in for whom when a story of one station happens at another: the unit, its crew, and everybody by post. */
export function staffMap(company: DemoCompany): StaffMap {
  const made = new Map<string, ReadonlyMap<string, string>>();
  const seats = (stationId: string) => {
    const station = company.units.stations.find(({ unit }) => unit.id === stationId);
    if (station === undefined) throw new Error(`no station ${stationId}`);
    const { unit, crew } = station;
    const people = company.staff.filter((person) => person.unit.id === unit.id || person.unit.id === crew.id);
    return { unit, crew, posts: Map.groupBy(people, (person) => `${person.unit.kind} ${person.post}`) };
  };
  return {
    between(from, to) {
      const key = `${from} ${to}`;
      const known = made.get(key);
      if (known !== undefined) return known;
      const [here, there] = [seats(from), seats(to)];
      const map = new Map([
        [here.unit.id, there.unit.id],
        [here.crew.id, there.crew.id],
      ]);
      for (const [post, people] of here.posts)
        people.forEach((person, i) => {
          const others = there.posts.get(post) ?? people;
          map.set(person.id, others[i % others.length]?.id ?? person.id);
        });
      made.set(key, map);
      return map;
    },
  };
}
