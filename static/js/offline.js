// Keeps the programme at hand: starts the service worker, tells it what to keep, and says how old a page is
// that came from the copy (html[data-kept-at]). The words stand in <template id="offline-words">.
const keptAt = document.documentElement.dataset.keptAt;

function sayHowOld() {
  const words = document.getElementById("offline-words");
  if (!words) return;
  const notice = words.content.cloneNode(true);
  const time = notice.querySelector("time");
  const moment = new Date(keptAt);
  time.dateTime = keptAt;
  time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(moment);
  const minutes = Math.round((Date.now() - moment) / 60000);
  const age = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  notice.querySelector(".offline-age").textContent =
    minutes < 1
      ? age.format(0, "second")
      : minutes < 60
        ? age.format(-minutes, "minute")
        : minutes < 48 * 60
          ? age.format(-Math.round(minutes / 60), "hour")
          : age.format(-Math.round(minutes / 1440), "day");
  document.querySelector("main")?.prepend(notice);
}

// This page, what it is made of, the programme, and each session that is starred on it.
function worthKeeping() {
  const language = document.documentElement.lang;
  const made = performance
    .getEntriesByType("resource")
    .map((entry) => entry.name)
    .filter((name) => new URL(name).pathname.startsWith("/static/"));
  const starred = [...document.querySelectorAll("[data-starred] a[href]")].map((link) => link.href);
  return [
    location.origin + location.pathname,
    `/${language}/offline/`,
    `/${language}/agenda/`,
    ...starred,
    ...made,
  ];
}

async function start() {
  let registration;
  try {
    registration = await navigator.serviceWorker.register("/sw.js");
  } catch {
    return; // some browsers forbid it in private windows: the site works, it only keeps nothing
  }
  await navigator.serviceWorker.ready;
  if (!keptAt) registration.active?.postMessage({ keep: worthKeeping() });
}

if (keptAt) {
  sayHowOld();
  window.addEventListener("online", () => location.reload());
}
if ("serviceWorker" in navigator && window.isSecureContext) {
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data?.kept) document.documentElement.dataset.kept = "";
  });
  // After the page: keeping must not delay what the reader waits for.
  if (document.readyState === "complete") start();
  else window.addEventListener("load", () => start());
}
