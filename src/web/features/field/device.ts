import { SECOND } from '#kernel/instant.ts';
import type { FieldJob, FieldJobs } from '#modules/repair/field-api.ts';
import { ApiError, write } from '../../lib/api.ts';
import { newUuid } from '../../lib/new-uuid.ts';
import { type ClockReading, stampNow } from '../../lib/queue/device-clock.ts';
import type { Entry } from '../../lib/queue/entry.ts';
import { type DeviceStore, openDeviceStore } from '../../lib/queue/idb-store.ts';
import { drain, hurry, QueueFull, retry } from '../../lib/queue/queue.ts';
import { setServerClock } from '../../lib/server-clock.ts';
import { didsOf, type FieldBody, type FieldRequest, lineOf, requestOf } from './did.ts';
import { fetchJobs, transport } from './field-queries.ts';
import { viewJob } from './job-view.ts';

/** How often an open page asks for its jobs; a hidden one does not. */
const ASK_AGAIN = 15 * SECOND;

export type DeviceState = {
  /** `in`: the server knows who this is; `again`: his session is over or locked; `none`: nobody is signed in. */
  readonly session: 'unknown' | 'in' | 'again' | 'none' | 'not-crew';
  /** The last call was answered. */
  readonly online: boolean;
  readonly jobs: FieldJobs | null;
  /** Of this person; what was sent and is in the jobs is not among them. */
  readonly entries: readonly Entry[];
  /** Entries of others who used this phone. */
  readonly others: number;
  /** The device had no room for what was to be kept. */
  readonly full: boolean;
};

/** What is filled in of a step and not done yet; a page that dies keeps it. */
export type Draft = {
  readonly values: Readonly<Record<string, string | number | boolean>>;
  readonly checked: readonly string[];
  readonly photos: readonly string[];
  readonly position: { readonly lat: number; readonly lon: number; readonly accuracy: number } | null;
  readonly taps: Readonly<Record<string, string | readonly string[]>>;
};

export const NO_DRAFT: Draft = { values: {}, checked: [], photos: [], position: null, taps: {} };

export type Device = ReturnType<typeof deviceOf>;

/** The crew's phone: its jobs, what waits to be sent, and the only way to the server. */
export async function openDevice(): Promise<Device> {
  const store = await openDeviceStore('dafuwu-field');
  const device = deviceOf(store);
  await device.load();
  return device;
}

function deviceOf(store: DeviceStore) {
  let state: DeviceState = {
    session: 'unknown',
    online: navigator.onLine,
    jobs: null,
    entries: [],
    others: 0,
    full: false,
  };
  let reading: ClockReading | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  const watchers = new Set<() => void>();

  function set(change: Partial<DeviceState>): void {
    state = { ...state, ...change };
    for (const watcher of watchers) watcher();
  }

  const owner = () => state.jobs?.person.id ?? null;

  async function showEntries(): Promise<void> {
    const all = await store.list();
    const me = owner();
    const mine = all.filter((entry) => entry.owner === me);
    set({
      entries: mine,
      others: all.filter((entry) => entry.owner !== me && entry.state !== 'sent').length,
    });
  }

  async function load(): Promise<void> {
    reading = (await store.read<ClockReading>('clock')) ?? null;
    if (reading !== null) runClock(reading);
    set({ jobs: (await store.read<FieldJobs>('jobs')) ?? null });
    await showEntries();
  }

  /** New jobs make room: what the server has told of is not shown twice, what is over is wiped. */
  async function takeJobs(jobs: FieldJobs): Promise<void> {
    const sentBefore = (await store.list())
      .filter((entry) => entry.state === 'sent')
      .map((entry) => entry.id);
    reading = { server: jobs.clock.now, device: Date.now(), scale: jobs.clock.scale };
    runClock(reading);
    await store.keep('clock', reading);
    await store.keep('jobs', jobs);
    await store.remove(sentBefore);
    set({ jobs, session: 'in', online: true });
    await showEntries();
    await wipeOver(jobs.jobs);
  }

  async function wipeOver(jobs: readonly FieldJob[]): Promise<void> {
    const open = new Set([...jobs.map((job) => job.orderId), ...state.entries.map((entry) => entry.line)]);
    for (const name of await store.names('of ')) {
      const [, orderId = ''] = name.split(' ');
      if (!open.has(orderId)) await store.forget(name);
    }
    const drafts = await Promise.all((await store.names('of ')).map((name) => store.read<Draft>(name)));
    const entries = await store.list();
    await store.sweepBlobs(
      new Set([
        ...entries.flatMap((entry) => entry.blobs.map((blob) => blob.id)),
        ...drafts.flatMap((draft) => draft?.photos ?? []),
      ]),
    );
  }

  /** Jobs first: their answer says what time it is, and whose session this is. Then everything that waits. */
  async function syncOnce(): Promise<void> {
    try {
      await takeJobs(await fetchJobs());
      const me = owner();
      if (me === null) return;
      const { sent, signIn } = await drain(
        { store, transport, freeze: (entry) => requestOf(entry, reading), now: () => Date.now() },
        me,
      );
      if (signIn) set({ session: 'again' });
      else if (sent > 0) await takeJobs(await fetchJobs());
    } catch (error) {
      noteFault(error);
    }
    await showEntries();
  }

  function noteFault(error: unknown): void {
    if (error instanceof QueueFull) return set({ full: true });
    if (error instanceof DOMException) return set({ online: false });
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) set({ online: true, session: state.jobs === null ? 'none' : 'again' });
    else if (error.status === 403) set({ online: true, session: 'not-crew' });
    else set({ online: false });
  }

  /** One at a time, over all pages of this browser; what comes meanwhile runs afterwards. */
  async function sync(): Promise<void> {
    if (running !== null) {
      again = true;
      return await running;
    }
    running = withLock(syncOnce).finally(() => {
      running = null;
    });
    await running;
    if (!again) return;
    again = false;
    await sync();
  }

  return {
    load,
    sync,
    state: () => state,
    subscribe: (watcher: () => void) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },

    /** Begins to ask by itself, and again at once when the network is back or the page is looked at. */
    start(): () => void {
      const look = () => {
        if (document.visibilityState === 'visible') void sync();
      };
      const back = () => void hurry(store).then(sync);
      const timer = setInterval(look, ASK_AGAIN);
      document.addEventListener('visibilitychange', look);
      window.addEventListener('online', back);
      void sync();
      return () => {
        clearInterval(timer);
        document.removeEventListener('visibilitychange', look);
        window.removeEventListener('online', back);
      };
    },

    /** Kept on the device when this resolves, however the page ends. False: there was no room, and nothing was done. */
    async did(request: FieldRequest, photos: readonly string[] = []): Promise<boolean> {
      const me = owner();
      const line = lineOf(request);
      const job = state.jobs?.jobs.find((one) => one.orderId === line);
      if (me === null || (job === undefined && request.kind !== 'stand-by')) return false;
      const body: FieldBody = { request, stamp: stampNow(reading, Date.now()) };
      const path = `/api/cases/${job?.caseId ?? ''}/files`;
      const blobs = photos.map((id) => ({ id, path, fileId: null }));
      const kept = await withRoom(() => store.add({ id: newUuid(), owner: me, line, body, blobs }));
      if (!kept) return false;
      await showEntries();
      if (job !== undefined) await blankWhenOver(job);
      void sync();
      return true;
    },

    async keepPhoto(blob: Blob): Promise<string | null> {
      const id = newUuid();
      return (await withRoom(() => store.keepBlob(id, blob))) ? id : null;
    },
    photo: (id: string) => store.blob(id),

    draft: async (orderId: string, key: string) =>
      (await store.read<Draft>(nameOf(orderId, key))) ?? NO_DRAFT,
    keepDraft: (orderId: string, key: string, draft: Draft) =>
      withRoom(() => store.keep(nameOf(orderId, key), draft)),
    dropDraft: (orderId: string, key: string) => store.forget(nameOf(orderId, key)),

    async retry(id: string, without: string | null = null): Promise<void> {
      await retry(store, id, without);
      await showEntries();
      await sync();
    },
    async drop(id: string): Promise<void> {
      await store.remove([id]);
      await showEntries();
      await sync();
    },
    async sendNow(): Promise<void> {
      await hurry(store);
      await sync();
    },

    async signIn(credentials: { login: string; password: string; code?: string }): Promise<void> {
      await write('POST', '/api/session', credentials);
      set({ session: 'unknown' });
      await sync();
    },
    /** Jobs and drafts go; what was not sent stays, and is sent when the same person signs in. */
    async signOut(): Promise<void> {
      try {
        await write('DELETE', '/api/session', undefined);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
      }
      await store.forget('of ');
      await store.forget('jobs');
      set({ jobs: null, session: 'none', entries: [] });
      await showEntries();
    },
  };

  /** The crew's part of an order is done: whose it was needs no longer be read from this phone. */
  async function blankWhenOver(job: FieldJob): Promise<void> {
    const { jobs } = state;
    const definition = jobs?.processes[job.process];
    if (jobs === null || definition === undefined) return;
    if (!viewJob(job, definition, didsOf(state.entries)).over) return;
    const cases = job.cases.map((one) => ({ ...one, name: null, phone: null }));
    const blank = { ...job, cases, words: null, place: null, at: null, flags: [] };
    const next = { ...jobs, jobs: jobs.jobs.map((one) => (one.orderId === job.orderId ? blank : one)) };
    await store.keep('jobs', next);
    set({ jobs: next });
  }

  async function withRoom(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      if (state.full) set({ full: false });
      return true;
    } catch (error) {
      if (!(error instanceof QueueFull)) throw error;
      set({ full: true });
      return false;
    }
  }
}

function nameOf(orderId: string, key: string): string {
  return `of ${orderId} ${key}`;
}

/** The page counts from the server's time as this device knows it, also without a network. */
function runClock(reading: ClockReading): void {
  const { server, device, scale } = reading;
  setServerClock({ now: server + (Date.now() - device) * scale, scale });
}

/** Where another page of the same browser is at it, this one comes again later: two would only repeat each other. */
async function withLock(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return await work();
  await navigator.locks.request('dafuwu-field', { ifAvailable: true }, async (lock) => {
    if (lock !== null) await work();
  });
}
