// The parts of the page around the answer: numbers, network, what waits, the last scans.
import { notTaken, unsent } from "../scanner/store.js";

const one = (name) => document.querySelector(`[data-${name}]`);
const form = one("gate");
const SHOWN = 30;

export const frame = {
  form,
  door: form.elements.door,
  input: form.elements.text,
  video: one("video"),
  camera: one("camera"),
  note: one("camera-note"),
  aim: one("frame"),
  leave: one("leave"),
  // With script there is a camera to start, and a name is as good as a code.
  ready() {
    one("eye").hidden = one("net").hidden = one("queue").hidden = one("last").hidden = false;
    const label = form.querySelector("[data-label]");
    label.textContent = label.dataset.label;
    document.documentElement.dataset.ready = "";
  },
};

export function notice(text) {
  one("notice").textContent = text;
  one("notice").hidden = !text;
}

export function showState(state, words) {
  one("numbers").hidden = !state;
  if (!state) return;
  const { inside, capacity, lastMinute } = state;
  one("inside").textContent = capacity === null ? String(inside) : `${inside} / ${capacity}`;
  one("inside-words").textContent = words.inside;
  one("rate").textContent = lastMinute ? words.perMinute.replace("%s", lastMinute) : "";
  one("numbers").classList.toggle("full", capacity !== null && inside >= capacity);
}

let listWords = "";
let isOnline = true;

export function showNet(is, words) {
  isOnline = is;
  one("net").classList.toggle("off", !is);
  one("net").textContent = is ? [words.online, listWords].filter(Boolean).join(" · ") : `${words.offline} ${listWords}`;
}

export function showList(list, words, clock) {
  listWords = list ? words.listFrom.replace("%s", clock(list.at)) : "";
  showNet(isOnline, words);
}

export async function showQueue(words) {
  const [waiting, refused] = [(await unsent()).length, await notTaken()];
  const queue = one("queue");
  queue.dataset.waiting = String(waiting);
  queue.classList.toggle("some", waiting + refused > 0);
  queue.textContent = [
    waiting ? words.waiting.replace("%s", waiting) : words.nothingWaiting,
    refused ? words.notTaken.replace("%s", refused) : "",
  ].filter(Boolean).join(" · ");
}

export function showLast(scans, { words, clock, name, undo }) {
  const pattern = document.getElementById("gate-scan");
  one("last-count").textContent = String(scans.length);
  const items = scans.slice(0, SHOWN).map((scan) => {
    const item = pattern.content.cloneNode(true).querySelector("li");
    const result = scan.result ?? scan.told;
    const answer = words.answers[result];
    item.dataset.tone = answer?.tone ?? "look";
    item.querySelector("use").setAttribute("href", `#i-${item.dataset.tone}`);
    item.querySelector("time").textContent = clock(scan.at - (scan.ahead ?? 0));
    const who = (scan.code && name(scan.code)) || scan.code || words.unknownPerson;
    item.querySelector(".gate-scan-words").textContent = `${who} · ${answer?.word ?? words[scan.direction]}`;
    item.classList.toggle("undone", Boolean(scan.withdrawn));
    if (undo && !scan.unsent && !scan.withdrawn) item.append(undoButton(scan, words, undo));
    if (scan.withdrawn) item.append(words.undone);
    return item;
  });
  one("last-list").replaceChildren(...items);
}

function undoButton(scan, words, undo) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button-link";
  button.textContent = words.undo;
  button.addEventListener("click", () => {
    button.disabled = true;
    undo(scan);
  });
  return button;
}
