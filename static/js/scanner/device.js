// What the page asks of the telephone: to keep the page for the time without network, and not to fall asleep.
let lock = null;

export async function keepAwake() {
  try {
    lock ??= await navigator.wakeLock?.request("screen");
    lock?.addEventListener("release", () => (lock = null));
  } catch {
    // Refused on low battery: the screen sleeps as it always does.
  }
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && lock === null) keepAwake();
});

export async function keepPage(config) {
  if (!("serviceWorker" in navigator) || !globalThis.isSecureContext) return;
  let registration;
  try {
    registration = await navigator.serviceWorker.register(config.urls.worker);
  } catch {
    return; // forbidden in private windows: the page works, it only cannot be opened without network
  }
  if (!registration) return;
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data?.kept) document.documentElement.dataset.kept = "";
  });
  const worker = registration.active ?? (await activated(registration.installing ?? registration.waiting));
  const made = performance
    .getEntriesByType("resource")
    .map((entry) => entry.name)
    .filter((name) => new URL(name).pathname.startsWith("/static/"));
  worker?.postMessage({ keep: [...made, ...config.keep] });
}

function activated(worker) {
  return new Promise((resolve) => {
    const look = () => worker?.state === "activated" && resolve(worker);
    worker?.addEventListener("statechange", look);
    look();
  });
}
