import { clicked, heard, type Worker } from './push';

// The shell without a line: kept from the first visit on. Letters that were read stay readable.
const KEPT = '__KEPT__' as unknown as string[];
const SHELL = 'shell-__VERSION__';
const LETTERS = 'letters-2';
const MOST_LETTERS = 300;

interface Work extends ExtendableEvent {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
declare const self: {
  location: Location;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(type: string, work: (event: never) => void): void;
};

self.addEventListener('install', (event: ExtendableEvent) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(KEPT)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event: ExtendableEvent) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith('shell-') && name !== SHELL).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event: Work) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/assets/')) event.respondWith(kept(request));
  else if (request.mode === 'navigate' && isPage(url.pathname)) event.respondWith(page(request));
  else if (request.destination === 'iframe' && url.pathname.startsWith('/m/') && url.pathname.endsWith('.html')) event.respondWith(letter(request));
});

/** Addresses that the shell draws. */
function isPage(path: string): boolean {
  return path === '/' || /^\/(login|mail|label|search|compose|settings|devices|recover|people|scheduled|sent|admin)(\/|$)/.test(path);
}

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** The server's page while it can be had: it carries the newest shell. */
async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.ok) return answer;
    return (await caches.match('/')) ?? answer;
  } catch {
    return (await caches.match('/')) ?? Response.error();
  }
}

self.addEventListener('push', (event: ExtendableEvent & { data: { json(): unknown } | null }) => {
  let data: unknown = null;
  try {
    data = event.data?.json() ?? null;
  } catch {
    // Not from our server as it is now.
  }
  event.waitUntil(heard(self as unknown as Worker, data as Parameters<typeof heard>[1]));
});

self.addEventListener('notificationclick', (event: ExtendableEvent & { notification: { data: { path: string }; close(): void } }) => {
  event.notification.close();
  event.waitUntil(clicked(self as unknown as Worker, event.notification.data.path));
});

async function letter(request: Request): Promise<Response> {
  const cache = await caches.open(LETTERS);
  const found = await cache.match(request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.put(request, answer.clone());
    const keys = await cache.keys();
    for (const old of keys.slice(0, Math.max(0, keys.length - MOST_LETTERS))) await cache.delete(old);
  }
  return answer;
}
