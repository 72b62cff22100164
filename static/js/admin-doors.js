// The live numbers of the doors: the page is fetched again and its numbers take the place of the old ones.
const EVERY = 10_000;

async function fetchNews() {
  const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(8000) });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-live]");
  const old = document.querySelector("[data-live]");
  // Whoever is about to press a link keeps it.
  if (fresh && !old.contains(document.activeElement)) old.replaceWith(document.adoptNode(fresh));
}

async function keepAsking() {
  if (document.visibilityState === "visible") await fetchNews().catch(() => {});
  setTimeout(keepAsking, EVERY);
}

setTimeout(keepAsking, EVERY);
