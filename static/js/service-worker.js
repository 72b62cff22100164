// Keeps the programme, starred sessions and the ticket readable without network.
//
// Pages come from the network whenever it answers within a few seconds; each answer replaces the copy. Only
// without network a copy is shown, and its <html> then carries data-kept-at, the moment it was made, so
// that js/offline.js can say how old it is. Static files never change under their name and come from the copy.
//
// Two shelves: "pages" for what everybody may read, "own" for tickets and the personal calendar. Signing in
// or out empties the second. Nothing of the organizers' pages or of accounts is ever kept.
const PAGES = "forum-pages-1";
const OWN = "forum-own-1";
const FILES = "forum-files-1";
const SHELVES = [PAGES, OWN, FILES];

const PATIENCE = 5 * 1000;
const FRESH = 10 * 60 * 1000;
const MOST_FILES = 300;
const MOST_PAGES = 400;

const EVERYBODYS = /^\/(vi|ko|en)\/($|agenda\/($|[^/]+\/$)|speakers\/($|[^/]+\/$)|venue\/$|screen\/[^/]+\/$|offline\/$)/;
const PERSONAL = /^\/(vi|ko|en)\/(registration\/[^/]+\/[^/]+\/$|my\/$)/;
const HASHED = /\.[0-9a-f]{12}\.[a-z0-9]+$/;
// Somebody else may sit there now.
const SIGNING_IN_OR_OUT = /^\/(vi|ko|en)\/accounts\/(login|logout)\//;

// How often the personal shelf was emptied: what was asked for before belongs to somebody else.
let emptied = 0;

function forgetOwn() {
  emptied += 1;
  // The scanner at the doors (js/check-in) opens without network for whoever may scan, and for nobody else.
  return Promise.all([caches.delete(OWN), caches.delete("check-in-page-1")]);
}

function shelfOf(url) {
  if (EVERYBODYS.test(url.pathname)) return PAGES;
  return PERSONAL.test(url.pathname) ? OWN : null;
}

// One copy for each page; a filter is not kept, the whole agenda answers for it.
function keyOf(url) {
  return url.origin + url.pathname;
}

async function keep(shelf, url, answer, asked) {
  const headers = new Headers(answer.headers);
  // The body is stored as it is read: uncompressed.
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set("X-Kept-At", new Date().toISOString());
  const copy = new Response(await answer.blob(), { status: answer.status, headers });
  if (shelf === OWN && asked !== emptied) return;
  const cache = await caches.open(shelf);
  await cache.put(keyOf(url), copy);
}

async function keptPage(shelf, url) {
  const cache = await caches.open(shelf);
  const copy = await cache.match(keyOf(url));
  if (!copy) return null;
  if (!(copy.headers.get("Content-Type") ?? "").startsWith("text/html")) return copy;
  const text = await copy.text();
  const marked = text.replace("<html ", `<html data-kept-at="${copy.headers.get("X-Kept-At")}" `);
  return new Response(marked, { status: copy.status, headers: copy.headers });
}

// Rejects when the network takes longer than people wait; the answer may still come and be kept.
function inTime(promise) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("The network is too slow.")), PATIENCE);
    promise.then(resolve, reject);
  });
}

async function pageFromNetwork(event, shelf, url) {
  const asked = emptied;
  const answer = await fetch(event.request);
  const whole = answer.status === 200 && !answer.redirected && !url.search;
  if (whole) event.waitUntil(keep(shelf, url, answer.clone(), asked));
  // A page that is gone, such as a ticket whose link was renewed, is not shown again from the copy.
  if (answer.status === 404 || answer.status === 410) {
    event.waitUntil(caches.open(shelf).then((cache) => cache.delete(keyOf(url))));
  }
  return answer;
}

async function page(event, shelf, url) {
  const answer = pageFromNetwork(event, shelf, url);
  const copy = await keptPage(shelf, url);
  try {
    // Without a copy there is nothing better than to wait.
    return await (copy ? inTime(answer) : answer);
  } catch (error) {
    if (copy) return copy;
    const instead = event.request.mode === "navigate" && (await offlinePage(url));
    if (instead) return instead;
    throw error;
  }
}

// The page that lists what is kept, in the language of the address that was asked for.
async function offlinePage(url) {
  const language = url.pathname.split("/")[1];
  const cache = await caches.open(PAGES);
  for (const code of [language, "vi", "ko", "en"]) {
    const found = await cache.match(`${url.origin}/${code}/offline/`);
    if (found) return found;
  }
  return null;
}

async function somePage(event, url) {
  try {
    return await fetch(event.request);
  } catch (error) {
    const instead = await offlinePage(url);
    if (instead) return instead;
    throw error;
  }
}

async function file(request, url) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(request.url);
  if (kept && HASHED.test(url.pathname)) return kept;
  try {
    const answer = await fetch(request);
    if (answer.status === 200) await cache.put(request.url, answer.clone());
    return answer;
  } catch (error) {
    // In development names do not change with the content: the network is asked first.
    if (kept) return kept;
    throw error;
  }
}

// The oldest entries come first; a cache that only grows would one day be thrown away whole by the browser.
async function tidy() {
  for (const [shelf, most] of [[FILES, MOST_FILES], [PAGES, MOST_PAGES]]) {
    const cache = await caches.open(shelf);
    const keys = await cache.keys();
    await Promise.all(keys.slice(0, Math.max(keys.length - most, 0)).map((key) => cache.delete(key)));
  }
}

// What a page is made of, so that it looks and works the same from the copy.
function filesOf(text) {
  return [...text.matchAll(/<(?:link|script)[^>]*\s(?:src|href)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
}

async function keepFiles(addresses) {
  const cache = await caches.open(FILES);
  for (const address of addresses) {
    if (!(await cache.match(address))) await cache.add(address);
  }
}

async function keepAhead(addresses) {
  for (const address of addresses) {
    const url = new URL(address, self.location.origin);
    if (url.origin !== self.location.origin) continue;
    try {
      if (url.pathname.startsWith("/static/")) {
        await keepFiles([url.href]);
        continue;
      }
      const shelf = shelfOf(url);
      if (!shelf) continue;
      const cache = await caches.open(shelf);
      const present = await cache.match(keyOf(url));
      const age = Date.now() - Date.parse(present?.headers.get("X-Kept-At") ?? 0);
      if (present && age < FRESH) continue;
      const asked = emptied;
      const answer = await fetch(keyOf(url), { credentials: "same-origin" });
      if (answer.status !== 200 || answer.redirected) continue;
      const text = await answer.clone().text();
      await keep(shelf, url, answer, asked);
      if ((answer.headers.get("Content-Type") ?? "").startsWith("text/html")) await keepFiles(filesOf(text));
    } catch {
      // Without network what is there stays there; the next visit tries again.
    }
  }
  await tidy();
}

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const old = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("forum-") && !SHELVES.includes(name)) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(old());
});

self.addEventListener("message", (event) => {
  const { keep: addresses } = event.data ?? {};
  const done = () => event.source?.postMessage({ kept: true });
  if (addresses) event.waitUntil(keepAhead(addresses).then(done));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && SIGNING_IN_OR_OUT.test(url.pathname)) event.waitUntil(forgetOwn());
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) {
    event.respondWith(file(request, url));
    return;
  }
  const shelf = shelfOf(url);
  if (shelf) {
    event.respondWith(page(event, shelf, url));
  } else if (request.mode === "navigate" && /^\/(vi|ko|en)\//.test(url.pathname)) {
    event.respondWith(somePage(event, url));
  }
});
