import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { type Entry, newEntry } from './entry.ts';
import { QueueFull, type QueueStore } from './queue.ts';

interface Schema extends DBSchema {
  entries: { key: string; value: Entry };
  blobs: { key: string; value: { readonly bytes: ArrayBuffer; readonly type: string } };
  kept: { key: string; value: unknown };
}

/** The one database of a device: what waits to be sent, its photos, and what pages keep by name. */
export type DeviceStore = QueueStore & {
  /** A photo, at once when it is taken: a killed page does not lose it. Throws `QueueFull`. */
  readonly keepBlob: (id: string, blob: Blob) => Promise<void>;
  readonly read: <T>(name: string) => Promise<T | undefined>;
  readonly keep: (name: string, value: unknown) => Promise<void>;
  /** Everything kept by a name that begins so. */
  readonly forget: (prefix: string) => Promise<void>;
  readonly names: (prefix: string) => Promise<readonly string[]>;
  /** Photos to which nothing points: of an entry that was sent, of a draft that was dropped. */
  readonly sweepBlobs: (used: ReadonlySet<string>) => Promise<void>;
};

/** `strict`: written means written to the disk, not to the memory of a browser that is about to be killed. */
const ON_DISK = { durability: 'strict' } as const;

export async function openDeviceStore(name: string): Promise<DeviceStore> {
  const db = await openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('entries', { keyPath: 'id' });
      database.createObjectStore('blobs');
      database.createObjectStore('kept');
    },
  });
  // Asked once; a browser that is asked does not throw a crew's day away when the device runs short.
  if ('storage' in navigator && 'persist' in navigator.storage) await navigator.storage.persist();
  return { ...entriesOf(db), ...keptOf(db), ...blobsOf(db) };
}

function entriesOf(db: IDBPDatabase<Schema>): Omit<QueueStore, 'blob'> {
  return {
    add: (given) =>
      withRoom(async () => {
        const tx = db.transaction('entries', 'readwrite', ON_DISK);
        const known = await tx.store.get(given.id);
        const all = await tx.store.getAll();
        const entry = known ?? newEntry(given, Math.max(0, ...all.map((one) => one.n)) + 1);
        await tx.store.put(entry);
        await tx.done;
        return entry;
      }),
    list: async () => (await db.getAll('entries')).toSorted((a, b) => a.n - b.n),
    find: (id) => db.get('entries', id),
    put: async (entry) => {
      const tx = db.transaction('entries', 'readwrite', ON_DISK);
      // Removed meanwhile stays removed.
      if ((await tx.store.get(entry.id)) !== undefined) await tx.store.put(entry);
      await tx.done;
    },
    remove: async (ids) => {
      const tx = db.transaction(['entries', 'blobs'], 'readwrite', ON_DISK);
      for (const id of ids) {
        const entry = await tx.objectStore('entries').get(id);
        for (const blob of entry?.blobs ?? []) await tx.objectStore('blobs').delete(blob.id);
        await tx.objectStore('entries').delete(id);
      }
      await tx.done;
    },
  };
}

function blobsOf(db: IDBPDatabase<Schema>): Pick<DeviceStore, 'blob' | 'keepBlob' | 'sweepBlobs'> {
  return {
    blob: async (id) => {
      const found = await db.get('blobs', id);
      return found && new Blob([found.bytes], { type: found.type });
    },
    // Bytes, since not every browser keeps a Blob of a file that goes away.
    keepBlob: (id, blob) =>
      withRoom(async () => {
        const bytes = await blob.arrayBuffer();
        const tx = db.transaction('blobs', 'readwrite', ON_DISK);
        await tx.store.put({ bytes, type: blob.type }, id);
        await tx.done;
      }),
    sweepBlobs: async (used) => {
      const tx = db.transaction('blobs', 'readwrite');
      for (const id of await tx.store.getAllKeys()) if (!used.has(id)) await tx.store.delete(id);
      await tx.done;
    },
  };
}

function keptOf(db: IDBPDatabase<Schema>): Pick<DeviceStore, 'read' | 'keep' | 'forget' | 'names'> {
  return {
    read: async <T>(name: string) => (await db.get('kept', name)) as T | undefined,
    keep: (name, value) =>
      withRoom(async () => {
        const tx = db.transaction('kept', 'readwrite', ON_DISK);
        await tx.store.put(value, name);
        await tx.done;
      }),
    forget: async (prefix) => {
      await db.delete('kept', range(prefix));
    },
    names: (prefix) => db.getAllKeys('kept', range(prefix)),
  };
}

function range(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`);
}

async function withRoom<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') throw new QueueFull();
    throw error;
  }
}
