// What a cached page cannot know: which hour it is, and which day the reader looks at.
//
// The agenda's markup carries instants: ol.day-list[data-start] (the first hour of its grid) and
// .slot[data-start][data-end]. The words come from <template id="now-words">, in the page's language:
// .words-now ("Now"), .words-live ("on now") and data-zone / data-second-zone on the template.
// Each li.axis carries the hour it stands for and its rows: data-start, data-row, data-rows.
const HOUR = 60 * 60 * 1000;
const words = document.getElementById("now-words");

function clock(instant, zone) {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(instant);
}

function word(name) {
  return words.content.querySelector(`.words-${name}`).textContent;
}

// Frame the sessions that run now.
function markRunning(now) {
  for (const slot of document.querySelectorAll(".slot[data-start][data-end]")) {
    const running = Date.parse(slot.dataset.start) <= now && now < Date.parse(slot.dataset.end);
    slot.classList.toggle("is-live", running);
    let badge = slot.querySelector(".badge.live");
    if (running && !badge) {
      badge = document.createElement("span");
      badge.className = "badge live";
      badge.textContent = word("live");
      slot.querySelector(".slot-time")?.append(" ", badge);
    }
    if (badge) badge.hidden = !running;
  }
}

// How many rows of the grid lie before a moment. An hour has four, or more where sessions begin between
// its quarters.
function rowsBefore(list, now) {
  const hours = [...list.querySelectorAll(":scope > .axis")].filter((hour) => Date.parse(hour.dataset.start) <= now);
  const hour = hours.at(-1);
  if (!hour) return 0;
  const gone = Math.min((now - Date.parse(hour.dataset.start)) / HOUR, 0.999);
  return Number(hour.dataset.row) + gone * Number(hour.dataset.rows);
}

// Draw the line of this moment through the day that is today.
function drawLine(now) {
  for (const list of document.querySelectorAll(".day-list[data-start][data-end]")) {
    list.querySelector(":scope > .now")?.remove();
    const start = Date.parse(list.dataset.start);
    if (now < start || now >= Date.parse(list.dataset.end)) continue;
    const line = document.createElement("li");
    const rows = rowsBefore(list, now);
    const row = Math.floor(rows);
    line.className = `now t${row}`;
    // Rows grow with their texts, so only the browser knows how far down within one it is.
    const heights = getComputedStyle(list).gridTemplateRows.split(" ").map(Number.parseFloat);
    line.style.setProperty("--part", `${(rows - row) * (heights[row] || 0)}px`);
    line.setAttribute("aria-hidden", "true");
    const label = document.createElement("span");
    label.textContent = `${word("now")} ${clock(now, words.dataset.zone)}`;
    const second = document.createElement("small");
    second.textContent = `${words.dataset.secondCity} ${clock(now, words.dataset.secondZone)}`;
    label.append(" ", second);
    line.append(label);
    // In the list of narrow screens it stands before the first session that has not begun.
    const next = [...list.querySelectorAll(":scope > .slot[data-start]")].find(
      (slot) => Date.parse(slot.dataset.start) > now,
    );
    list.insertBefore(line, next ?? null);
  }
}

function tick() {
  const now = Date.now();
  markRunning(now);
  drawLine(now);
}

if (words) {
  tick();
  setInterval(tick, 60 * 1000);
}

// The tab of the day that is on the screen wears the thread.
const tabs = new Map(
  [...document.querySelectorAll(".day-tabs a[href^='#']")].map((tab) => [tab.hash.slice(1), tab]),
);
const seen = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const tab of tabs.values()) tab.removeAttribute("aria-current");
      tabs.get(entry.target.id).setAttribute("aria-current", "true");
    }
  },
  { rootMargin: "-20% 0px -75% 0px" },
);
for (const id of tabs.keys()) {
  const day = document.getElementById(id);
  if (day) seen.observe(day);
}
