// The list of the door in memory: read from the store, brought up to date from the site, searched by name.
import { keepList, keepNews, keptList } from "../scanner/store.js";
import { ROW } from "./rules.js";

// Small pieces of news are kept beside the list; from time to time it is written whole again.
const MOST_NEWS = 40;
const SHOWN = 8;
const searched = new WeakMap();

function built(answer) {
  return { ...answer, rows: new Map(answer.rows.map((row) => [row[ROW.code], row])), at: Date.now() };
}

function joined(list, news) {
  if (news.full || !list) return built(news);
  const { rows, ...frame } = news;
  for (const row of rows) list.rows.set(row[ROW.code], row);
  return { ...list, ...frame, rows: list.rows, at: Date.now() };
}

export async function loadList(door) {
  const kept = await keptList(door);
  if (!kept) return null;
  const list = kept.reduce(joined, null);
  return { ...list, at: kept.at(-1).fetched };
}

function whole(list) {
  return { ...list, full: true, rows: [...list.rows.values()] };
}

// Returns the list as it is now; the same one when there is no news.
export async function fetchList(address, door, list) {
  const url = new URL(address, location.origin);
  url.searchParams.set("door", door);
  if (list) {
    url.searchParams.set("since", list.version);
    url.searchParams.set("layout", list.layout ?? "");
  }
  const response = await fetch(url, { cache: "no-cache", signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw Object.assign(new Error("no list"), { status: response.status });
  const news = { ...(await response.json()), fetched: Date.now() };
  const fresh = joined(list, news);
  const isNews = news.full || news.rows.length || JSON.stringify(frame(list)) !== JSON.stringify(frame(fresh));
  if (news.full) await keepList(door, news);
  else if (isNews && (await keepNews(door, news)) > MOST_NEWS) await keepList(door, { ...whole(fresh), fetched: Date.now() });
  return fresh;
}

function frame({ forum, door, types, sessions, version, layout }) {
  return [forum, door, types, sessions, version, layout];
}

// Without case and accents, so that "tran" finds Trần; đ has no accent that could be taken off.
export function folded(text) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").replaceAll(/[đĐ]/g, "d").toLowerCase().normalize("NFC");
}

// Returns the first people whose name, organization or code hold every word, and whether there are more.
export function find(list, text) {
  const words = folded(text).split(/\s+/).filter(Boolean);
  const found = [];
  for (const row of list.rows.values()) {
    if (!row[ROW.name]) continue;
    if (!searched.has(row)) {
      searched.set(row, folded(`${row[ROW.name]} ${row[ROW.organization]} ${row[ROW.code]}`));
    }
    if (words.every((word) => searched.get(row).includes(word))) found.push(row);
    if (found.length > SHOWN) return { people: found.slice(0, SHOWN), more: true };
  }
  return { people: found, more: false };
}
