/** One object of an OpenDSS model with its properties in the order in which they were given. */
export type DssObject = {
  readonly kind: string;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly properties: (readonly [name: string | null, value: string])[];
};

export type DssModel = {
  /** By `class.name`, lower case. */
  readonly objects: ReadonlyMap<string, DssObject>;
  /** Terminals opened by `open`, as `class.name`. */
  readonly opened: ReadonlySet<string>;
  /** Files of coordinates named by `buscoords`. */
  readonly coordinates: readonly string[];
  /** Files that are named and not among those given. */
  readonly missing: readonly string[];
};

type Reading = {
  readonly files: ReadonlyMap<string, string>;
  readonly objects: Map<string, DssObject>;
  readonly opened: Set<string>;
  readonly coordinates: string[];
  readonly missing: string[];
  readonly read: Set<string>;
};

/**
 * Reads a script from its master file, following `redirect` and `compile` by the last part of the path. Commands that work out power flow are
 * passed over. OpenDSS is not case sensitive; names come out in lower case.
 */
export function readDssScript(files: ReadonlyMap<string, string>, master: string): DssModel {
  const byName = new Map([...files].map(([name, text]) => [baseName(name), text]));
  const reading: Reading = {
    files: byName,
    objects: new Map(),
    opened: new Set(),
    coordinates: [],
    missing: [],
    read: new Set(),
  };
  readFile(baseName(master), reading);
  return reading;
}

function readFile(name: string, reading: Reading): void {
  const text = reading.files.get(name);
  if (text === undefined) reading.missing.push(name);
  // A file that names itself, or comes twice, adds nothing.
  if (text === undefined || reading.read.has(name)) return;
  reading.read.add(name);
  let active: DssObject | undefined;
  for (const [i, raw] of text.split(/\r\n|[\r\n]/).entries()) {
    const statement = withoutComment(raw).trim();
    if (statement === '') continue;
    const [verb = ''] = statement.split(/[\s=]/, 1);
    const rest = statement.slice(verb.length).trim();
    active = obey(verb.toLowerCase(), rest, { file: name, line: i + 1, active, reading }) ?? active;
  }
}

type Place = {
  readonly file: string;
  readonly line: number;
  readonly active: DssObject | undefined;
  readonly reading: Reading;
};

/** Gives back the object that further lines continue. */
function obey(verb: string, rest: string, place: Place): DssObject | undefined {
  const { reading } = place;
  if (verb === 'new') return create(rest, place);
  if (verb === 'edit') return edit(rest, reading);
  if (verb === '~' || verb === 'more' || verb === 'm') place.active?.properties.push(...parameters(rest));
  else if (verb.startsWith('~')) place.active?.properties.push(...parameters(`${verb.slice(1)} ${rest}`));
  else if (verb === 'redirect' || verb === 'compile') readFile(baseName(rest), reading);
  else if (verb === 'open') reading.opened.add(objectName(rest));
  else if (verb === 'close') reading.opened.delete(objectName(rest));
  else if (verb === 'buscoords' || verb === 'latlongcoords') reading.coordinates.push(baseName(rest));
  else assign(verb, rest, reading);
  return undefined;
}

function create(rest: string, { file, line, reading }: Place): DssObject | undefined {
  const [first, ...properties] = parameters(rest);
  const [kind, name] = splitName(first?.[1] ?? '');
  if (name === '') return undefined;
  const object: DssObject = { kind, name, file, line, properties };
  reading.objects.set(`${kind}.${name}`, object);
  return object;
}

function edit(rest: string, reading: Reading): DssObject | undefined {
  const [first, ...properties] = parameters(rest);
  const object = reading.objects.get((first?.[1] ?? '').toLowerCase());
  object?.properties.push(...properties);
  return object;
}

/** `Line.x.enabled=no` */
function assign(verb: string, rest: string, reading: Reading): void {
  const found = /^([^.]+)\.(.+)\.([^.]+)$/.exec(verb);
  if (found === null || !rest.startsWith('=')) return;
  const object = reading.objects.get(`${found[1]}.${found[2]}`);
  object?.properties.push([found[3] ?? '', rest.slice(1).trim()]);
}

function objectName(rest: string): string {
  return (parameters(rest)[0]?.[1] ?? '').toLowerCase();
}

function splitName(full: string): readonly [kind: string, name: string] {
  const dot = full.indexOf('.');
  return dot < 0 ? ['', ''] : [full.slice(0, dot).toLowerCase(), full.slice(dot + 1).toLowerCase()];
}

function withoutComment(line: string): string {
  const comment = /!|\/\//.exec(line);
  return comment === null ? line : line.slice(0, comment.index);
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"', "'": "'" };

/** `name=value` and bare values, separated by blanks or commas; a value may stand in brackets or quotes, blanks round `=` are allowed. */
export function parameters(text: string): (readonly [string | null, string])[] {
  const found: (readonly [string | null, string])[] = [];
  let at = 0;
  const skip = () => {
    while (at < text.length && /[\s,]/.test(text[at] ?? '')) at += 1;
  };
  const word = (): string => {
    const closing = CLOSING[text[at] ?? ''];
    if (closing !== undefined) {
      const end = text.indexOf(closing, at + 1);
      const inner = text.slice(at + 1, end < 0 ? text.length : end);
      at = end < 0 ? text.length : end + 1;
      return inner.trim();
    }
    const from = at;
    while (at < text.length && !/[\s,=]/.test(text[at] ?? '')) at += 1;
    return text.slice(from, at);
  };
  for (skip(); at < text.length; skip()) {
    const first = word();
    skip();
    if (text[at] !== '=') {
      found.push([null, first]);
      continue;
    }
    at += 1;
    skip();
    found.push([first.toLowerCase(), word()]);
  }
  return found;
}

function baseName(path: string): string {
  return (
    path
      .trim()
      .replace(/^["'([{]|["')\]}]$/g, '')
      .split(/[\\/]/)
      .at(-1) ?? ''
  ).toLowerCase();
}
