// The application for a booth: what it comes to is computed while extras and currency are chosen, and what was
// typed is kept by the site, so that it outlives the hold. Without this a button computes.
const form = document.querySelector("#application");
const PAUSE = 400;

if (form) {
  const sum = document.querySelector("#sum");
  let timer = 0;
  let running = null;

  const send = async () => {
    clearTimeout(timer);
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const answer = await fetch(form.dataset.price, { method: "POST", body: new FormData(form), signal });
      // Signed out meanwhile: the page that signs in is no sum.
      if (!answer.ok || answer.redirected) return;
      const fresh = await answer.text();
      if (!signal.aborted && fresh.trim() !== sum.innerHTML.trim()) sum.innerHTML = fresh;
    } catch {
      // The sum stays as it was; sending the form computes it anew.
    }
  };

  form.querySelector("[data-compute] button").hidden = true;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  // What was typed a moment ago is kept too when another form of the page is sent.
  for (const other of document.querySelectorAll("form[data-keeps-draft]")) {
    other.addEventListener("submit", () => {
      navigator.sendBeacon(form.dataset.price, new FormData(form));
    });
  }
}
