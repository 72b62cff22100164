// The lead scanner. A scan is written down before anything else happens; then the site says whose it is, or this
// telephone that the badge is genuine. What the staff note goes along, and is sent later where there is no network.
import { hide, isShown, show, wakeSound } from "../scanner/answer.js";
import { startCamera, stopCamera } from "../scanner/camera.js";
import { keepAwake, keepPage } from "../scanner/device.js";
import { forgetLists, keepFact, keepScan, lastScans, notTaken, scanWith, storeNamed, unsent } from "../scanner/store.js";
import { NotEnrolled, TO_SEND, ask, clockAhead, keepAnswered, recallClock, send } from "../scanner/sync.js";
import { readClaim } from "../scanner/ticket.js";
import { clearNotes, fillNotes, readNotes, showNotes } from "./notes.js";

const config = JSON.parse(document.getElementById("lead-scanner-config").textContent);
storeNamed(config.store);
const words = JSON.parse(document.getElementById("lead-scanner-words").textContent);
const part = (name) => document.querySelector(`[data-${name}]`);
const form = part("gate");
const input = form.elements.text;
const video = part("video");
const notes = part("notes");
// How long the visitor waits for the site before the telephone goes on by itself.
const PATIENCE = 3000;
const BEAT = 15_000;
const NOTED = 700;
// A code that stays before the camera is one scan.
const SAME = 4000;
const SHOWN = 30;
const WRITABLE = new Set(["shared", "sealed", "kept"]);
// Names stay in memory: what lies on the disk holds numbers alone.
const names = new Map();
let isOnline = navigator.onLine;
let seen = { text: "", at: 0 };
let busy = false;
let current = null;
let timer = null;

// What was noted after it was sent has to be sent again.
keepAnswered(({ text: _text, ...kept }, one) => ({
  ...kept,
  result: one.result,
  lead: one.lead?.number ?? null,
  unsent: (kept.remarks?.edit ?? 0) > (one.edit ?? 0) ? TO_SEND : 0,
}));

function clock(at) {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: config.zone }).format(at);
}

function notice(text) {
  part("notice").textContent = text;
  part("notice").hidden = !text;
}

function online(is) {
  isOnline = is;
  part("net").classList.toggle("off", !is);
  part("net").textContent = is ? words.online : words.offline;
}

async function answered(scan) {
  if (isOnline) {
    try {
      const [one] = (await ask(config.urls.scans, {}, scan, PATIENCE)).scans;
      online(true);
      if (one?.result) return one;
    } catch (error) {
      if (error instanceof NotEnrolled) return revoked();
      online(false);
    }
  }
  const claim = await readClaim(scan.text, config.keys);
  const result = claim.fault ?? "kept";
  const known = await scanWith(scan.id);
  // Nobody would send what is no badge of this forum.
  await keepScan({ ...known, told: result, ...(claim.fault ? { result, text: "", unsent: 0 } : {}) });
  return { result, lead: null };
}

function describe({ result, lead }) {
  const said = words.answers[result] ?? words.answers.unknown;
  const number = lead ? words.number.replace("%s", lead.number) : "";
  const visits = lead && lead.visits > 1 ? words.visits.replace("%s", lead.visits) : "";
  return {
    ...said,
    name: lead?.name || number,
    more: lead ? [lead.organization, lead.more, lead.name && number, visits].filter(Boolean).join(" · ") : "",
    stays: WRITABLE.has(result),
  };
}

// The code by which the visitor confirms; drawn by the site of its own address.
function showAsking(asking) {
  part("asking").hidden = !asking;
  if (!asking) return;
  const drawn = new DOMParser().parseFromString(asking.qr, "text/html").querySelector("svg");
  part("asking-qr").replaceChildren(document.importNode(drawn, true));
  part("asking-url").textContent = asking.url.replace(/^https?:\/\//, "");
}

function open(id, answer) {
  current = id;
  showAsking(answer.lead?.asking ?? null);
  showNotes(notes, WRITABLE.has(answer.result));
  show(describe(answer));
}

async function check(text) {
  if (busy || !text.trim()) return;
  busy = true;
  wakeSound();
  try {
    await leaveNotes();
    const scan = {
      id: crypto.randomUUID(),
      text: text.trim().slice(0, 300),
      at: Date.now(),
      ahead: clockAhead(),
      told: "",
      unsent: TO_SEND,
    };
    await keepScan(scan);
    const answer = await answered(scan);
    if (!answer) return;
    if (answer.lead?.name) names.set(answer.lead.number, answer.lead.name);
    clearNotes(notes);
    if (answer.lead?.isWritable) fillNotes(notes, answer.lead);
    open(scan.id, answer);
    input.value = "";
  } catch {
    notice(words.storage);
  } finally {
    busy = false;
    refresh();
  }
}

// What was ticked and written goes into the scan, and with it to the site.
async function keepNotes() {
  clearTimeout(timer);
  timer = null;
  const scan = current && (await scanWith(current));
  if (!scan) return;
  const edit = (scan.remarks?.edit ?? 0) + 1;
  await keepScan({ ...scan, remarks: { ...readNotes(notes), edit }, unsent: TO_SEND });
  part("noted").textContent = words.noted;
  beat();
}

function noteSoon() {
  part("noted").textContent = "";
  clearTimeout(timer);
  timer = setTimeout(() => keepNotes().catch(() => notice(words.storage)), NOTED);
}

const leaveNotes = () => (timer ? keepNotes() : Promise.resolve());

async function refresh() {
  const [waiting, refused] = [(await unsent()).length, await notTaken()];
  const queue = part("queue");
  queue.dataset.waiting = String(waiting);
  queue.classList.toggle("some", waiting + refused > 0);
  queue.textContent = [
    waiting ? words.waiting.replace("%s", waiting) : words.nothingWaiting,
    refused ? words.notTaken.replace("%s", refused) : "",
  ].filter(Boolean).join(" · ");
  showLast(await lastScans());
}

function showLast(scans) {
  const pattern = document.getElementById("gate-scan");
  part("last-count").textContent = String(scans.length);
  part("last-list").replaceChildren(...scans.slice(0, SHOWN).map((scan) => {
    const item = pattern.content.cloneNode(true).querySelector("li");
    const result = scan.result ?? scan.told;
    const said = words.answers[result];
    item.dataset.tone = said?.tone ?? "look";
    item.querySelector("use").setAttribute("href", `#i-${item.dataset.tone}`);
    item.querySelector("time").textContent = clock(scan.at - (scan.ahead ?? 0));
    const who = names.get(scan.lead) || (scan.lead ? words.number.replace("%s", scan.lead) : "");
    item.querySelector(".gate-scan-words").textContent = [who, said?.word].filter(Boolean).join(" · ");
    const again = item.querySelector("button");
    again.hidden = !WRITABLE.has(result);
    again.addEventListener("click", () => reopen(scan.id));
    return item;
  }));
}

// An earlier scan, to write more about it.
async function reopen(id) {
  await leaveNotes();
  const scan = await scanWith(id);
  clearNotes(notes);
  if (scan.remarks) fillNotes(notes, scan.remarks);
  const lead = scan.lead ? { number: scan.lead, name: names.get(scan.lead) ?? "", visits: 1 } : null;
  open(id, { result: scan.result ?? scan.told, lead });
}

async function revoked() {
  stopCamera(video);
  await forgetLists();
  await globalThis.caches?.delete("lead-scanner-page-1");
  notice(words.revoked);
  setTimeout(() => location.reload(), 4000);
}

async function beat() {
  try {
    await send(config.urls.scans, {});
    online(true);
  } catch (error) {
    if (error instanceof NotEnrolled) await revoked();
    else online(false);
  }
  refresh();
}

async function keepBeating() {
  await beat();
  setTimeout(keepBeating, BEAT);
}

function sawCode(text) {
  const now = performance.now();
  const again = text === seen.text && now - seen.at < SAME;
  seen = { text, at: now };
  // Whoever writes about a visitor is not interrupted by the next badge in sight.
  if (!again && !isShown()) check(text);
}

async function openCamera() {
  wakeSound();
  keepAwake();
  try {
    await startCamera(video, config.wasm, sawCode);
    part("camera").hidden = part("camera-note").hidden = true;
    part("frame").hidden = false;
    await keepFact("camera", true);
  } catch (error) {
    part("camera-note").textContent = error.name === "NotAllowedError" ? words.cameraForbidden : words.noCamera;
    part("camera-note").hidden = false;
  }
}

// A scanner that types does not look where the cursor stands.
function typedElsewhere(event) {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, select, textarea")) return;
  if (isShown()) hide();
  input.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  check(input.value);
});
notes.addEventListener("input", noteSoon);
notes.addEventListener("submit", (event) => event.preventDefault());
document.querySelector("[data-next]").addEventListener("click", () => leaveNotes().catch(() => notice(words.storage)));
part("camera").addEventListener("click", openCamera);
part("leave").addEventListener("submit", () => forgetLists().catch(() => {}));
addEventListener("keydown", typedElsewhere);
addEventListener("online", beat);
addEventListener("offline", () => online(false));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") beat();
});

try {
  await recallClock();
  // A telephone that keeps promises asks not to be tidied up.
  navigator.storage?.persist?.();
} catch {
  notice(words.storage);
}
part("eye").hidden = part("net").hidden = part("queue").hidden = part("last").hidden = part("typed").hidden = false;
document.documentElement.dataset.ready = "";
online(isOnline);
refresh();
keepBeating();
keepPage(config);
