import {
  afterLater,
  type BlobRef,
  type Entry,
  type NewEntry,
  nextToSend,
  type Outcome,
  tryAgain,
  wakeAt,
} from './entry.ts';

/** Where entries lie. Each call is all or nothing, and has happened when it resolves. */
export type QueueStore = {
  /** Throws `QueueFull` when the device has no room: then nothing of it was kept. */
  readonly add: (entry: NewEntry) => Promise<Entry>;
  readonly list: () => Promise<readonly Entry[]>;
  /** Undefined: somebody removed it meanwhile. */
  readonly find: (id: string) => Promise<Entry | undefined>;
  readonly put: (entry: Entry) => Promise<void>;
  /** With their blobs. */
  readonly remove: (ids: readonly string[]) => Promise<void>;
  readonly blob: (id: string) => Promise<Blob | undefined>;
};

export type Transport = {
  readonly upload: (ref: BlobRef, blob: Blob) => Promise<Outcome<{ readonly id: string }>>;
  readonly send: (entry: Entry) => Promise<Outcome<unknown>>;
};

export type QueueDeps = {
  readonly store: QueueStore;
  readonly transport: Transport;
  /** The request of an entry whose photos are all there. Made once, before it first goes out. */
  readonly freeze: (entry: Entry) => unknown;
  readonly now: () => number;
};

/** `wake`: when to come again (null: nothing waits); `signIn`: whose entries they are must sign in first. */
export type Drained = { readonly wake: number | null; readonly signIn: boolean; readonly sent: number };

/** The device has no room left; what was to be kept is not kept. */
export class QueueFull extends Error {
  constructor() {
    super('no room left on this device');
    this.name = 'QueueFull';
  }
}

/**
 * Sends what may go, each line in its order, until nothing can go now. A line stops at what the server refuses; trouble of
 * the server or the network only waits. To be run by one page at a time; two at once would repeat and not double.
 */
export async function drain(deps: QueueDeps, owner: string): Promise<Drained> {
  const { store, now } = deps;
  let sent = 0;
  for (;;) {
    const entry = nextToSend(await store.list(), owner, now());
    if (entry === undefined) break;
    const outcome = await attempt(deps, entry);
    const current = await store.find(entry.id);
    if (outcome.kind === 'sign-in') return { wake: null, signIn: true, sent };
    if (outcome.kind === 'sent') sent += 1;
    if (current !== undefined) await store.put(settled(current, outcome, now()));
    // Without a network no other line gets through either.
    if (outcome.kind === 'later' && outcome.network) break;
  }
  return { wake: wakeAt(await store.list(), owner), signIn: false, sent };
}

/** Somebody looked at what was refused: again, or again without the photo that was refused. */
export async function retry(store: QueueStore, id: string, without: string | null = null): Promise<void> {
  const entry = await store.find(id);
  if (entry !== undefined) await store.put(tryAgain(entry, without));
}

/** Nobody's wait is longer than it must be when the network is back. */
export async function hurry(store: QueueStore): Promise<void> {
  for (const entry of await store.list())
    if (entry.state === 'waiting' && entry.notBefore > 0) await store.put({ ...entry, notBefore: 0 });
}

type Attempt =
  | { readonly kind: 'sent' }
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'later'; readonly network: boolean }
  | { readonly kind: 'refused'; readonly refusal: NonNullable<Entry['refusal']> };

async function attempt(deps: QueueDeps, entry: Entry): Promise<Attempt> {
  const uploaded = await uploadAll(deps, entry);
  if (uploaded.kind !== 'done') return uploaded;
  const ready = uploaded.entry;
  const frozen = ready.frozen ?? deps.freeze(ready);
  // Kept before it goes: whoever wakes up after a crash repeats these very words.
  if (ready.frozen === null) await deps.store.put({ ...ready, frozen });
  const outcome = await deps.transport.send({ ...ready, frozen });
  switch (outcome.kind) {
    case 'done':
      return { kind: 'sent' };
    case 'refused': {
      const { code, message, detail } = outcome;
      return { kind: 'refused', refusal: { code, message, detail, blobId: null } };
    }
    default:
      return outcome;
  }
}

async function uploadAll(
  { store, transport }: QueueDeps,
  entry: Entry,
): Promise<Attempt | { readonly kind: 'done'; readonly entry: Entry }> {
  let current = entry;
  for (const ref of entry.blobs) {
    if (ref.fileId !== null) continue;
    const blob = await store.blob(ref.id);
    // The browser threw it away; the entry is worth more than nothing.
    const outcome = blob === undefined ? null : await transport.upload(ref, blob);
    if (outcome?.kind === 'refused') {
      const { code, message, detail } = outcome;
      return { kind: 'refused', refusal: { code, message, detail, blobId: ref.id } };
    }
    if (outcome !== null && outcome.kind !== 'done') return outcome;
    const blobs = current.blobs.flatMap((one) => {
      if (one.id !== ref.id) return [one];
      return outcome === null ? [] : [{ ...one, fileId: outcome.answer.id }];
    });
    current = { ...current, blobs };
    await store.put(current);
  }
  return { kind: 'done', entry: current };
}

function settled(entry: Entry, outcome: Exclude<Attempt, { kind: 'sign-in' }>, now: number): Entry {
  switch (outcome.kind) {
    case 'sent':
      return { ...entry, state: 'sent', refusal: null };
    case 'later':
      return afterLater(entry, now);
    case 'refused':
      return { ...entry, state: 'refused', refusal: outcome.refusal };
  }
}
