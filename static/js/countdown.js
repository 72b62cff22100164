// Counts a hold down: section[data-until][data-now] says the time of the site, [data-clock] shows what is left.
// Five minutes and one minute before the end [data-warning] says so, once, to screen readers too; at the end
// [data-over] shows. The page alone decides nothing: the site knows when a hold is over.
const SECOND = 1000;
const WARNINGS = [
  { name: "one", before: 60 * SECOND },
  { name: "five", before: 300 * SECOND },
];

const hold = document.querySelector("[data-until]");

function left(remaining) {
  const seconds = Math.max(0, Math.floor(remaining / SECOND));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, place) => String(part).padStart(place ? 2 : 1, "0")).join(":");
}

if (hold) {
  // Clocks of visitors are wrong; how much time has passed is not.
  const span = Date.parse(hold.dataset.until) - Date.parse(hold.dataset.now);
  const began = performance.timeOrigin;
  const clock = hold.querySelector("[data-clock]");
  const warning = hold.querySelector("[data-warning]");
  const words = hold.querySelector("[data-words]").content;
  const said = new Set();
  let last = Infinity;

  const say = (name) => {
    if (said.has(name)) return;
    said.add(name);
    warning.textContent = words.querySelector(`[data-${name}]`).textContent;
    if (name !== "over") warning.classList.remove("vh");
  };

  const tick = () => {
    const remaining = span - (Date.now() - began);
    clock.textContent = left(remaining);
    clock.hidden = false;
    hold.classList.toggle("is-ending", remaining < 300 * SECOND);
    if (remaining <= 0) {
      say("over");
      warning.classList.add("vh");
      hold.querySelector("p[data-over]").hidden = false;
      clearInterval(timer);
    } else {
      // A hold that begins with less than five minutes is not warned about what is long past.
      const due = WARNINGS.find(({ before }) => remaining <= before);
      if (due && last > due.before && last !== Infinity) say(due.name);
    }
    last = remaining;
  };
  const timer = setInterval(tick, SECOND);
  tick();
}
