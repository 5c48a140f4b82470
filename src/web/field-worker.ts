/**
 * Keeps the phone page of crews so that it opens without a network: its own files and nothing else. Jobs and entries lie in
 * the page's database, where it can wipe them. Written by hand: one page with a dozen files needs no library for it.
 * `FILES` and `VERSION` stand in front of this text, put there by the build (vite.config.ts).
 */
declare const FILES: readonly string[];
declare const VERSION: string;

type Lasting = Event & { readonly waitUntil: (work: Promise<unknown>) => void };
type Asked = Event & { readonly request: Request; readonly respondWith: (answer: Promise<Response>) => void };
type Scope = EventTarget & {
  readonly skipWaiting: () => Promise<void>;
  readonly clients: { readonly claim: () => Promise<void> };
};

const NAME = `dafuwu-field-${VERSION}`;
const scope = globalThis as unknown as Scope;

scope.addEventListener('install', (event) => (event as Lasting).waitUntil(keep()));
scope.addEventListener('activate', (event) => (event as Lasting).waitUntil(tidy()));

scope.addEventListener('fetch', (event) => {
  const asked = event as Asked;
  const { request } = asked;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || pathname.startsWith('/api/')) return;
  const name = request.mode === 'navigate' ? '/field.html' : pathname;
  if (FILES.includes(name)) asked.respondWith(fromCache(name, request));
});

async function fromCache(name: string, request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  return (await cache.match(name)) ?? (await fetch(request));
}

async function keep(): Promise<void> {
  const cache = await caches.open(NAME);
  await cache.addAll([...FILES]);
  await scope.skipWaiting();
}

async function tidy(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith('dafuwu-field-') && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await scope.clients.claim();
}
