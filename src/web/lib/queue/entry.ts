/**
 * What one did without knowing whether there is a network. Plain data, so that it survives the page, the browser and the
 * battery; `id` is the idempotency key, so that sending it again changes nothing.
 */
export type Entry = {
  readonly id: string;
  /** Its place among all entries of this device; given by the store. */
  readonly n: number;
  /** Who did it: nobody else's session sends it. */
  readonly owner: string;
  /** What keeps its order: of a crew one work order. */
  readonly line: string;
  readonly body: unknown;
  readonly blobs: readonly BlobRef[];
  /** `waiting`: to be sent; `refused`: somebody must look at it; `sent`: the server has it, the page not yet its answer. */
  readonly state: 'waiting' | 'refused' | 'sent';
  /** The request exactly as it first went out; every further try repeats it. */
  readonly frozen: unknown;
  readonly tries: number;
  /** Of the device's clock. */
  readonly notBefore: number;
  readonly refusal: EntryRefusal | null;
};

export type NewEntry = Pick<Entry, 'id' | 'owner' | 'line' | 'body' | 'blobs'>;

/** A photo beside an entry: where it goes, and its id on the server once it is there. */
export type BlobRef = { readonly id: string; readonly path: string; readonly fileId: string | null };

type EntryRefusal = {
  readonly code: string;
  readonly message: string;
  readonly detail: Readonly<Record<string, string | number>>;
  /** It was the photo that was refused: the entry itself may go without it. */
  readonly blobId: string | null;
};

/** How a try ended. `later`: nothing is known, or the server has trouble; `sign-in`: only the session was refused. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly answer: T }
  | { readonly kind: 'later'; readonly network: boolean }
  | { readonly kind: 'sign-in' }
  | ({ readonly kind: 'refused' } & Omit<EntryRefusal, 'blobId'>);

const FIRST_WAIT = 2000;
/** A crew that comes out of a cellar does not wait longer than this for the next try. */
const LONGEST_WAIT = 60_000;

/** How long after so many failed tries the next one is made. */
function waitAfter(tries: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(tries - 1, 10));
}

export function newEntry(given: NewEntry, n: number): Entry {
  return { ...given, n, state: 'waiting', frozen: null, tries: 0, notBefore: 0, refusal: null };
}

/** The heads of the lines: each line's first entry that the server has not got yet, oldest first. */
function headsOf(entries: readonly Entry[], owner: string): readonly Entry[] {
  const lines = new Set<string>();
  return entries
    .filter((entry) => entry.owner === owner && entry.state !== 'sent')
    .toSorted((a, b) => a.n - b.n)
    .filter(({ line }) => !lines.has(line) && lines.add(line));
}

/** The head that may go now; a refused one holds up its line and no other. */
export function nextToSend(entries: readonly Entry[], owner: string, now: number): Entry | undefined {
  return headsOf(entries, owner).find((entry) => entry.state === 'waiting' && entry.notBefore <= now);
}

/** When there is something to do again; null: nothing waits. */
export function wakeAt(entries: readonly Entry[], owner: string): number | null {
  const waiting = headsOf(entries, owner).filter((entry) => entry.state === 'waiting');
  return waiting.length === 0 ? null : Math.min(...waiting.map((entry) => entry.notBefore));
}

export function afterLater(entry: Entry, now: number): Entry {
  const tries = entry.tries + 1;
  return { ...entry, tries, notBefore: now + waitAfter(tries) };
}

/** Tried again on somebody's word, without what he leaves out. */
export function tryAgain(entry: Entry, without: string | null): Entry {
  const blobs = entry.blobs.filter((blob) => blob.id !== without);
  return { ...entry, blobs, state: 'waiting', refusal: null, tries: 0, notBefore: 0 };
}
