// Keeps the states of booths as they are while somebody looks: asks every two seconds whether anything has
// changed, and only then what it looks like now. Works on [data-status], the address that tells the states;
// parts with a data-mark are as the page was drawn, and those with another mark now are drawn anew from
// [data-changed]. Nothing is asked while the page is hidden, and less and less while nobody answers.
const EVERY = 1800;
const SLOWEST = 60 * 1000;
const PATIENCE = 10 * 1000;
// More are asked for all at once: an address has an end.
const MOST_NAMED = 40;

const page = document.querySelector("[data-status]");
let tag = "";
let pause = EVERY;
let timer = 0;
let asking = false;

const marked = () => document.querySelectorAll("[data-mark]");
const numberOf = (part) => part.dataset.booth;

// What somebody has chosen in a form stays chosen, where it can still be chosen.
function choices(part) {
  const chosen = [...part.querySelectorAll("input:checked, select")].map(({ name, value }) => ({ name, value }));
  return () => {
    for (const { name, value } of chosen) {
      for (const field of part.querySelectorAll(`[name="${name}"]:enabled`)) {
        if (field.matches("select")) field.value = value;
        else if (field.value === value) field.checked = true;
      }
    }
  };
}

function take(from, selector) {
  for (const fresh of from.querySelectorAll(selector)) {
    const here = document.getElementById(fresh.id);
    if (!here) continue;
    const inside = here !== document.activeElement && here.contains(document.activeElement);
    for (const { name, value } of fresh.attributes) here.setAttribute(name, value);
    const restore = choices(here);
    here.replaceChildren(...fresh.childNodes);
    restore();
    // Whoever was at a link of the list is at the one that took its place.
    if (inside) here.querySelector("a, button, input")?.focus();
  }
}

async function draw(numbers) {
  const address = new URL(page.dataset.changed, location.href);
  address.search = location.search;
  if (numbers.length <= MOST_NAMED) for (const number of numbers) address.searchParams.append("b", number);
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`The site answered ${answer.status}.`);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const wanted = new Set(numbers);
  for (const row of fresh.querySelectorAll("[data-booth], tr[id], g[id]")) {
    const number = numberOf(row) ?? row.id.replace(/^(booth|words)-/, "");
    if (!wanted.has(number)) row.removeAttribute("id");
  }
  take(fresh, "[data-mark][id], tr[id], g[id^='words-'], [id^='count-'], [data-live][id]");
}

async function ask() {
  const headers = tag ? { "If-None-Match": tag } : {};
  const answer = await fetch(page.dataset.status, {
    cache: "no-store",
    credentials: "omit",
    headers,
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.status === 304) return;
  if (!answer.ok) throw new Error(`The site answered ${answer.status}.`);
  const { booths } = await answer.json();
  const changed = [...marked()].filter((part) => (booths[numberOf(part)] ?? part.dataset.mark) !== part.dataset.mark);
  if (changed.length) await draw(changed.map(numberOf));
  // Only now: what could not be drawn is asked for again.
  tag = answer.headers.get("ETag") ?? "";
}

function tell(isReached) {
  for (const note of document.querySelectorAll("[data-unreached]")) note.hidden = isReached;
}

async function go() {
  if (asking || document.hidden) return;
  asking = true;
  clearTimeout(timer);
  try {
    await ask();
    pause = EVERY;
    tell(true);
  } catch {
    pause = Math.min(pause * 2, SLOWEST);
    tell(pause < 4 * EVERY);
  }
  asking = false;
  // Not all at the same moment: a site that comes back is not asked by everybody at once.
  timer = setTimeout(go, pause * (0.9 + Math.random() / 10));
}

if (page) {
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden) {
      pause = EVERY;
      go();
    }
  });
  addEventListener("online", () => {
    pause = EVERY;
    go();
  });
  timer = setTimeout(go, EVERY / 2);
}
