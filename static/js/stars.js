// Stars, on pages that are the same for everybody: which ones are the visitor's is asked separately, and a
// press is sent without leaving the page. Without script each button is a form of its own.
//
// Each button.star[name=star|unstar][value=slug] belongs to form#stars, which carries the addresses and the
// words (data-stars, data-word-starred, …). The .slot of a starred session carries data-starred, and js/offline.js
// keeps its page.
const form = document.getElementById("stars");
const said = document.getElementById("stars-said");
const buttons = [...document.querySelectorAll("button.star[form=stars]")];
// What was pressed and not yet answered, by slug: the last press counts.
const wanted = new Map();

function say(words, { failed = false } = {}) {
  said.textContent = words;
  said.classList.toggle("failed", failed);
}

function show(slug, starred) {
  for (const button of buttons.filter((one) => one.value === slug)) {
    button.setAttribute("aria-pressed", String(starred));
    button.closest(".slot")?.toggleAttribute("data-starred", starred);
  }
}

function keepForOffline() {
  const links = [...document.querySelectorAll("[data-starred] a[href]")].map((link) => link.href);
  if (links.length) navigator.serviceWorker?.controller?.postMessage({ keep: links });
}

async function load() {
  const answer = await fetch(form.dataset.stars, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { starred } = await answer.json();
  for (const { value } of buttons) {
    if (!wanted.has(value)) show(value, starred.includes(value));
  }
  keepForOffline();
}

// Stars without an account travel in one cookie, which each answer sets anew: two answers at once would lose
// one of the stars.
let line = Promise.resolve();

function send(slug, starred) {
  const turn = line.then(() => sendNow(slug, starred));
  line = turn.catch(() => {});
  return turn;
}

async function sendNow(slug, starred) {
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams({ [starred ? "star" : "unstar"]: slug }),
  });
  const told = (answer.headers.get("Content-Type") ?? "").startsWith("application/json") ? await answer.json() : {};
  if (!answer.ok) throw new Error(told.error ?? form.dataset.wordFailed);
}

// One request after the other for each session, so that a double press ends as the second one says.
async function press(slug, starred) {
  show(slug, starred);
  const busy = wanted.has(slug);
  wanted.set(slug, starred);
  if (busy) return;
  let kept = !starred;
  try {
    while (wanted.get(slug) !== kept) {
      const next = wanted.get(slug);
      await send(slug, next);
      kept = next;
    }
    say(kept ? form.dataset.wordStarred : form.dataset.wordUnstarred);
    if (kept) keepForOffline();
  } catch (error) {
    show(slug, kept);
    say(error instanceof TypeError ? form.dataset.wordFailed : error.message, { failed: true });
  } finally {
    wanted.delete(slug);
  }
}

if (form) {
  for (const button of buttons) {
    // Known until the server says otherwise: on My forum everything that stands there is starred.
    button.setAttribute("aria-pressed", String(button.name === "unstar"));
    button.addEventListener("click", (event) => {
      event.preventDefault();
      press(button.value, button.getAttribute("aria-pressed") !== "true");
    });
  }
  load().catch(() => {});
  // A page that comes back from the browser's memory may be older than the stars.
  addEventListener("pageshow", (event) => event.persisted && load().catch(() => {}));
}
