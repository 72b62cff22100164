// What the telephone keeps: scans (until they are sent, and the last ones for the eye), the lists of doors, and
// what it knows of its clock. Lists hold names, so they are encrypted with a key that the browser uses but
// never gives away; scans hold codes alone.
const VERSION = 1;
const KEPT_SCANS = 100;
let opening = null;
let name = "check-in";

// Which scanner's store it is; said before anything is read.
export function storeNamed(wanted) {
  name = wanted;
}

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => {
      const scans = request.result.createObjectStore("scans", { keyPath: "id" });
      scans.createIndex("unsent", "unsent");
      scans.createIndex("at", "at");
      request.result.createObjectStore("lists");
      request.result.createObjectStore("keys");
      request.result.createObjectStore("facts");
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opening;
}

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function write(stores, work) {
  const db = await open();
  return new Promise((resolve, reject) => {
    // Strict: a scan is on the disk before anybody is told anything.
    const transaction = db.transaction(stores, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    work(...stores.map((name) => transaction.objectStore(name)));
  });
}

async function read(store, ask) {
  const db = await open();
  return answer(ask(db.transaction(store).objectStore(store)));
}

export const keepScan = (scan) => write(["scans"], (scans) => scans.put(scan));
export const scanWith = (id) => read("scans", (scans) => scans.get(id));
export const unsent = () => read("scans", (scans) => scans.index("unsent").getAll(1, 1000));
export const notTaken = () => read("scans", (scans) => scans.index("unsent").count(2));
export const fact = (name) => read("facts", (facts) => facts.get(name));
export const keepFact = (name, value) => write(["facts"], (facts) => facts.put(value, name));

export async function lastScans() {
  const all = await read("scans", (scans) => scans.getAll());
  return all.sort((one, other) => other.at - one.at).slice(0, KEPT_SCANS);
}

// Sent scans beyond the last hundred are of no use here.
export async function tidy() {
  const keep = new Set((await lastScans()).map((scan) => scan.id));
  await write(["scans"], (scans) => {
    scans.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      if (!cursor.value.unsent && !keep.has(cursor.value.id)) cursor.delete();
      cursor.continue();
    };
  });
}

async function key() {
  const known = await read("keys", (keys) => keys.get("lists"));
  if (known) return known;
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await write(["keys"], (keys) => keys.put(fresh, "lists"));
  return fresh;
}

async function sealed(value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = new TextEncoder().encode(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), data) };
}

async function opened({ iv, data }) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), data);
  return JSON.parse(new TextDecoder().decode(plain));
}

export async function keepList(door, whole) {
  const record = { whole: await sealed(whole), later: [] };
  await write(["lists"], (lists) => lists.put(record, door));
}

export async function keepNews(door, news) {
  const record = await read("lists", (lists) => lists.get(door));
  if (!record) return 0;
  record.later.push(await sealed(news));
  await write(["lists"], (lists) => lists.put(record, door));
  return record.later.length;
}

// Returns the list and what came later, in their order; null when there is none that can be read.
export async function keptList(door) {
  const record = await read("lists", (lists) => lists.get(door));
  if (!record) return null;
  try {
    return await Promise.all([record.whole, ...record.later].map(opened));
  } catch {
    return null; // the key is gone, and with it the list
  }
}

// Forget people; scans that are not sent stay, and hold no names.
export const forgetLists = () =>
  write(["lists", "keys", "facts"], (lists, keys, facts) => {
    lists.clear();
    keys.clear();
    facts.clear();
  });
