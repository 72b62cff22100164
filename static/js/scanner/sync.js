// Talks to the site: sends scans, measures how far this clock is ahead, hears how full the door is.
import { fact, keepFact, keepScan, scanWith, tidy, unsent } from "./store.js";

const BATCH = 100;
// States of a scan here: still to be sent; refused by the site and kept for the organizers.
export const TO_SEND = 1;
export const REFUSED = 2;
let ahead = null;
let sending = null;
// How a scan is kept once it is answered. The text goes: a ticket is not left lying about.
let answered = ({ text: _text, ...kept }, one) => ({
  ...kept,
  code: one.person?.code ?? "",
  result: one.result,
  unsent: 0,
});

export function keepAnswered(as) {
  answered = as;
}

export class NotEnrolled extends Error {}

export async function recallClock() {
  ahead = (await fact("ahead")) ?? null;
}

// The server's clock, as far as we know it.
export const present = () => Date.now() - (ahead ?? 0);
export const clockAhead = () => ahead;

async function post(url, body, patience) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patience),
  });
  if (response.status === 401) throw new NotEnrolled();
  if (!response.ok) throw Object.assign(new Error("refused"), { status: response.status });
  return response.json();
}

// What the site is told of a scan: all but what this telephone noted of it for itself.
function wire({ unsent: _unsent, code: _code, genuine: _genuine, result: _result, withdrawn: _withdrawn, lead: _lead, ...told }) {
  return told;
}

// The question was on its way for some time: the server's clock is read in the middle of it.
async function measured(url, body, patience) {
  const started = performance.now();
  const sent = Date.now();
  const answer = await post(url, { ...body, sent, ahead }, patience);
  const onItsWay = (performance.now() - started) / 2;
  ahead = Math.round(sent + onItsWay - answer.now);
  await keepFact("ahead", ahead);
  return answer;
}

async function note(answer) {
  for (const one of answer.scans) {
    const scan = await scanWith(one.id);
    if (!scan) continue;
    if (one.error === "busy") continue;
    if (one.error) await keepScan({ ...scan, unsent: REFUSED });
    else {
      await keepScan(answered(scan, one));
    }
  }
  return answer;
}

// One scan whose person waits: the answer, or an error when it does not come in time. `about` joins the question.
export async function ask(url, about, scan, patience) {
  return note(await measured(url, { ...about, waiting: 1, scans: [wire(scan)] }, patience));
}

// Everything that waits, and a word in between. One at a time.
export function send(url, about) {
  sending ??= all(url, about).finally(() => (sending = null));
  return sending;
}

async function all(url, about) {
  let answer;
  do {
    const waiting = await unsent();
    const scans = waiting.sort((one, other) => one.at - other.at).slice(0, BATCH);
    answer = await note(await measured(url, { ...about, waiting: waiting.length, scans: scans.map(wire) }, 20_000));
    if (answer.scans.some((one) => one.error === "busy")) break;
  } while (answer.scans.length);
  await tidy();
  return answer;
}

export const withdraw = (url, id) => post(url, { id }, 10_000);
