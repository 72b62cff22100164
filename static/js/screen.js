// A hall's screen: the clock, which session runs, and news from the site.
//
// The page holds every session of the room as li.hall-session[data-start][data-end], with any delay in these
// times; the first that is not over stands large (.main, and .running once it began), the next ones of that
// day beside it (.side). pages/screen.py has the same rules for readers without script. News is this same
// page, fetched again. Without network the screen goes on with what it has, for days.
const MINUTE = 60 * 1000;
const FETCH_EVERY = 20 * 1000;
const STALE_AFTER = 3 * MINUTE;
const NEXT_SHOWN = 3;
// Some players have no proper clock: the difference to the site's, in milliseconds.
let skew = 0;
let lastNews = Date.now();

const hall = () => document.querySelector(".hall");
const present = () => Date.now() + skew;

function clock(instant, zone) {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(instant);
}

function dayOf(instant, zone) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(instant);
}

function place(session, name, { running = false, anotherDay = false } = {}) {
  session.classList.toggle("main", name === "main");
  session.classList.toggle("side", name === "side");
  session.classList.toggle("running", running);
  session.classList.toggle("another-day", anotherDay);
}

function arrange(now) {
  const zone = hall().dataset.zone;
  const today = dayOf(now, zone);
  let day = null;
  let shown = 0;
  for (const session of hall().querySelectorAll(".hall-session[data-start]")) {
    const start = Date.parse(session.dataset.start);
    const end = Date.parse(session.dataset.end);
    if (end <= now) {
      place(session, "over");
    } else if (day === null) {
      day = dayOf(Math.max(start, now), zone);
      place(session, "main", { running: start <= now, anotherDay: day !== today });
      session.querySelector(".hall-progress").value = 1000 * Math.min(Math.max((now - start) / (end - start), 0), 1);
    } else if (shown < NEXT_SHOWN && dayOf(start, zone) === day) {
      place(session, "side");
      shown += 1;
    } else {
      place(session, "later");
    }
  }
  place(hall().querySelector(".hall-session.nothing"), day === null ? "main" : "later");
}

function tick() {
  const now = present();
  const { zone, secondZone } = hall().dataset;
  hall().querySelector("[data-clock]").textContent = clock(now, zone);
  hall().querySelector("[data-second-clock]").textContent = clock(now, secondZone);
  hall().querySelector("[data-news]").textContent = clock(lastNews + skew, zone);
  hall().querySelector(".hall-stale").hidden = isRehearsal || Date.now() - lastNews < STALE_AFTER;
  arrange(now);
}

// The scripts and styles a page asks for: others mean that the site was renewed.
function build(page) {
  return [...page.querySelectorAll("script[src], link[rel=stylesheet]")]
    .map((part) => part.getAttribute("src") ?? part.getAttribute("href"))
    .join(" ");
}

async function fetchNews() {
  const answer = await fetch(location.href, { cache: "no-cache", signal: AbortSignal.timeout(10 * 1000) });
  if (!answer.ok) throw new Error(`The site answered ${answer.status}.`);
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  // A copy that the service worker kept is no news.
  if (page.documentElement.dataset.keptAt) throw new Error("The network is gone.");
  const fresh = page.querySelector(".hall");
  if (!fresh) throw new Error("This is not the screen.");
  const told = Date.parse(answer.headers.get("Date"));
  if (!Number.isNaN(told)) skew = Math.abs(told - Date.now()) > 2000 ? told - Date.now() : 0;
  lastNews = Date.now();
  if (build(page) !== build(document)) {
    location.reload();
    return;
  }
  document.title = page.title;
  hall().replaceWith(document.adoptNode(fresh));
}

async function keepAsking() {
  try {
    await fetchNews();
  } catch {
    // What is on the screen stays; .hall-stale says how old it is.
  }
  tick();
  setTimeout(keepAsking, FETCH_EVERY);
}

// A screen that falls asleep shows nothing. Browsers without the lock have their own setting.
async function stayAwake() {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // Refused on battery, or while the tab is in the background.
  }
}

// A rehearsal shows another moment than now: its clock goes on from there, and there is no news of it.
const isRehearsal = "rehearsal" in hall().dataset;
// Dates in the page are the site's; until the first answer its data-now tells how far we are off.
const written = Date.parse(hall().dataset.now);
if (Math.abs(written - Date.now()) > 5 * MINUTE && !document.documentElement.dataset.keptAt) {
  skew = written - Date.now();
}
tick();
setInterval(tick, 1000);
if (!isRehearsal) setTimeout(keepAsking, FETCH_EVERY);
stayAwake();
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") stayAwake();
});
