// The scanner. A scan is written down before anything else happens, then answered: by the site when that answers
// in time, else by the rules on the list that this telephone has. What was not sent is sent later.
import { hide, isShown, show, wakeSound } from "../scanner/answer.js";
import { startCamera, stopCamera } from "../scanner/camera.js";
import { keepAwake, keepPage } from "../scanner/device.js";
import { fact, forgetLists, keepFact, keepScan, lastScans } from "../scanner/store.js";
import { NotEnrolled, TO_SEND, ask, clockAhead, present, recallClock, send, withdraw } from "../scanner/sync.js";
import { isTicket, readClaim } from "../scanner/ticket.js";
import { loadList, fetchList } from "./lists.js";
import { ROW, apply, decide, typedCode } from "./rules.js";
import { showFound } from "./search.js";
import { frame, notice, showLast, showList, showNet, showQueue, showState } from "./view.js";

const config = JSON.parse(document.getElementById("check-in-config").textContent);
const words = JSON.parse(document.getElementById("check-in-words").textContent);
const { form, door, input, video } = frame;
// How long the person at the door waits for the site before the telephone answers by itself.
const PATIENCE = 2500;
const BEAT = 15_000;
const LIST_EVERY = 2;
// A code that stays before the camera is one scan.
const SAME = 4000;
let list = null;
let state = null;
let isOnline = navigator.onLine;
let beats = 0;
let seen = { text: "", at: 0 };
let busy = false;

const direction = () => form.elements.direction.value;
const personIn = (code) => list?.rows.get(code) ?? null;

function since(at) {
  return at ? words.since.replace("%s", clock(at)) : "";
}

function described(scan, person) {
  const result = scan.result ?? scan.told;
  const said = words.answers[result];
  if (person) {
    const more = [person.organization, person.type, since(person.since)];
    return { ...said, name: person.name, more: more.filter(Boolean).join(" · ") };
  }
  const row = personIn(scan.code);
  const type = row && list.types[row[ROW.type]]?.name;
  const more = row
    ? [row[ROW.organization], type?.[config.language] || type?.en, result === "already_in" && since(row[ROW.last])]
    : [];
  return {
    ...said,
    advice: result === "unknown" && scan.genuine ? words.notInList : said.advice,
    name: row?.[ROW.name] || scan.code || "",
    more: more.filter(Boolean).join(" · "),
  };
}

function clock(at) {
  const zone = list?.forum.zone;
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(at);
}

function noteState(news) {
  if (!news || news.door !== door.value) return;
  state = news;
  showState(state, words);
}

async function answered(scan) {
  if (isOnline) {
    try {
      const answer = await ask(config.urls.scans, { door: scan.door }, scan, PATIENCE);
      const [one] = answer.scans;
      noteState(answer.state);
      online(true);
      if (one?.result) return { ...scan, code: one.person?.code ?? "", result: one.result, person: one.person };
    } catch (error) {
      if (error instanceof NotEnrolled) return revoked();
      online(false);
    }
  }
  const claim = await readClaim(scan.text, list?.forum.keys ?? [], typedCode);
  const told = list ? decide(list, claim, scan.direction, present(), state?.inside ?? 0) : "unknown";
  const own = { ...scan, code: claim.code, genuine: claim.issue !== null, told };
  // The answer is on the disk before it is on the screen; the text goes along until it was sent.
  await keepScan(own);
  return own;
}

async function check(text, method) {
  if (busy || !text.trim()) return;
  busy = true;
  wakeSound();
  try {
    const scan = {
      id: crypto.randomUUID(),
      door: door.value,
      text: text.trim().slice(0, 300),
      direction: direction(),
      method,
      at: Date.now(),
      ahead: clockAhead(),
      told: "",
      unsent: TO_SEND,
    };
    await keepScan(scan);
    const done = await answered(scan);
    if (!done) return;
    const change = apply(list, done.code, done.result ?? done.told, present());
    if (!done.result && state && change) noteState({ ...state, inside: Math.max(0, state.inside + change) });
    show(described(done, done.person));
    if (!list && !done.result) notice(words.noList);
    input.value = "";
    showFound(null, words, choose);
  } catch {
    notice(words.storage);
  } finally {
    busy = false;
    refresh();
  }
}

const choose = (row) => check(row[ROW.code], "list");

async function refresh() {
  await showQueue(words);
  showLast(await lastScans(), { words, clock, name: (code) => personIn(code)?.[ROW.name] ?? "", undo });
}

const undo = config.mayWithdraw
  ? async (scan) => {
      try {
        noteState((await withdraw(config.urls.withdraw, scan.id)).state);
        await keepScan({ ...scan, withdrawn: true });
        await bringList();
        refresh();
      } catch {
        notice(words.notUndone);
      }
    }
  : null;

function online(is) {
  isOnline = is;
  showNet(is, words);
}

async function revoked() {
  stopCamera(video);
  list = null;
  await forgetLists();
  await globalThis.caches?.delete("check-in-page-1");
  notice(words.revoked);
  await showQueue(words);
  setTimeout(() => location.reload(), 4000);
}

async function bringList() {
  const wanted = door.value;
  const fresh = await fetchList(config.urls.door_list, wanted, list);
  if (wanted === door.value) list = fresh;
  showList(list, words, clock);
}

async function beat({ withList = false } = {}) {
  try {
    const answer = await send(config.urls.scans, { door: door.value });
    noteState(answer.state);
    online(true);
    if (withList || !list || beats++ % LIST_EVERY === 0) await bringList();
  } catch (error) {
    if (error instanceof NotEnrolled || error.status === 401) await revoked();
    else online(false);
  }
  refresh();
}

async function keepBeating() {
  await beat();
  setTimeout(keepBeating, BEAT);
}

async function atDoor() {
  list = await loadList(door.value);
  state = null;
  // What was answered here after the list was made is not in it.
  const later = (await lastScans()).filter((scan) => scan.door === door.value && !scan.withdrawn);
  for (const scan of later.reverse()) {
    if (scan.at - (scan.ahead ?? 0) > (list?.at ?? 0) - 60_000) {
      apply(list, scan.code, scan.result ?? scan.told, scan.at - (scan.ahead ?? 0));
    }
  }
  showList(list, words, clock);
  showState(state, words);
}

function sawCode(text) {
  const now = performance.now();
  const again = text === seen.text && now - seen.at < SAME;
  seen = { text, at: now };
  if (!again) {
    hide();
    check(text, "camera");
  }
}

async function openCamera() {
  wakeSound();
  keepAwake();
  try {
    await startCamera(video, config.wasm, sawCode);
    frame.camera.hidden = frame.note.hidden = true;
    frame.aim.hidden = false;
    await keepFact("camera", true);
  } catch (error) {
    frame.note.textContent = error.name === "NotAllowedError" ? words.cameraForbidden : words.noCamera;
    frame.note.hidden = false;
  }
}

// A scanner that types does not look where the cursor stands.
function typedElsewhere(event) {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input[type=text], select, textarea")) return;
  if (isShown()) hide();
  input.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (isTicket(input.value) || typedCode(input.value) || !list) check(input.value, "typed");
  else showFound(list, words, choose, input.value);
});
input.addEventListener("input", () => {
  const asks = input.value.trim().length > 1 && !input.value.startsWith("FORUM");
  showFound(asks ? list : null, words, choose, input.value);
});
door.addEventListener("change", async () => {
  await keepFact("door", door.value);
  await atDoor();
  beat({ withList: true });
});
for (const radio of form.elements.direction) radio.addEventListener("change", wakeSound);
frame.camera.addEventListener("click", openCamera);
frame.leave?.addEventListener("submit", () => forgetLists().catch(() => {}));
addEventListener("keydown", typedElsewhere);
addEventListener("online", () => beat({ withList: true }));
addEventListener("offline", () => online(false));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") beat({ withList: true });
});

try {
  await recallClock();
  const last = await fact("door");
  if ([...door.options].some((option) => option.value === last)) door.value = last;
  await atDoor();
  // A telephone that keeps promises asks not to be tidied up.
  navigator.storage?.persist?.();
} catch {
  notice(words.storage);
}
frame.ready();
refresh();
showNet(isOnline, words);
keepBeating();
keepPage(config);
