// Keeps the scanner: its page and what it is made of, so that it opens and works without network.
//
// The page comes from the network whenever that answers within three seconds, and its copy is replaced. Scans
// and lists are no business of this script: the page keeps them itself, encrypted.
const PATIENCE = 3000;
const MOST_FILES = 150;
const HASHED = /\.[0-9a-f]{12}\.[a-z0-9]+$/;
const HOME = new URL("./", self.location.href);
// "check-in" or "lead-scanner": several scanners may live on one telephone.
const KIND = HOME.pathname.split("/").at(-2);
const PAGE = `${KIND}-page-1`;
const FILES = `${KIND}-files-1`;

const isHome = (url) => url.origin === HOME.origin && url.pathname === HOME.pathname;

function inTime(promise) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("The network is too slow.")), PATIENCE);
    promise.then(resolve, reject);
  });
}

async function fromNetwork(request) {
  const answer = await fetch(request);
  const cache = await caches.open(PAGE);
  // A page without the scanner is that of a telephone which may not scan.
  const isScanner = answer.ok && !answer.redirected && (await answer.clone().text()).includes(`${KIND}-config`);
  if (isScanner) await cache.put(HOME.href, answer.clone());
  else if (answer.ok || answer.status === 403) await cache.delete(HOME.href);
  return answer;
}

async function page(event) {
  const answer = fromNetwork(event.request);
  event.waitUntil(answer.catch(() => {}));
  const copy = await (await caches.open(PAGE)).match(HOME.href);
  try {
    return await (copy ? inTime(answer) : answer);
  } catch (error) {
    if (copy) return copy;
    throw error;
  }
}

async function file(request) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(request.url);
  if (kept && HASHED.test(new URL(request.url).pathname)) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request.url, answer.clone());
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function keep(addresses) {
  const cache = await caches.open(FILES);
  for (const address of addresses) {
    const url = new URL(address, HOME);
    if (url.origin === HOME.origin && !(await cache.match(url.href))) await cache.add(url.href);
  }
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_FILES)).map((key) => cache.delete(key)));
  const shelf = await caches.open(PAGE);
  if (!(await shelf.match(HOME.href))) await fromNetwork(new Request(HOME.href, { credentials: "same-origin" }));
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const old = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(`${KIND}-`) && ![PAGE, FILES].includes(name)) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(old());
});

self.addEventListener("message", (event) => {
  const addresses = event.data?.keep;
  const told = event.source;
  if (addresses) event.waitUntil(keep(addresses).then(() => told.postMessage({ kept: true }), () => {}));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== HOME.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (isHome(url) && request.mode === "navigate") event.respondWith(page(event));
});
