// The approval desk by keyboard, without leaving the page. Every step is a link or a form of the page itself:
// without this module, or when the network fails, the browser follows them as always.
const STORE = "approvals.keys";
const desk = () => document.querySelector("[data-desk]");
const told = document.querySelector("#main [role=status]");
let busy = false;

function keysAreOn() {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true;
  }
}

function prepare() {
  const keys = desk()?.querySelector("[data-keys]");
  if (!keys) return;
  keys.hidden = false;
  keys.querySelector("[data-keys-on]").checked = keysAreOn();
  desk().toggleAttribute("data-with-keys", keysAreOn());
}

function show(page, address) {
  const fresh = page.querySelector("[data-desk]");
  if (!fresh) return false;
  desk().replaceWith(document.adoptNode(fresh));
  // The region stays, so that screen readers say what is put into it.
  told.innerHTML = page.querySelector("#main [role=status]")?.innerHTML ?? "";
  if (address !== location.href) history.pushState(null, "", address);
  prepare();
  const wrong = fresh.querySelector("[aria-invalid]");
  const head = wrong ?? fresh.querySelector("#application") ?? document.querySelector("#content");
  head.focus({ preventScroll: true });
  (wrong ? head : document.querySelector("#page")).scrollIntoView({ block: wrong ? "center" : "start" });
  return true;
}

async function go(address, options) {
  if (busy) return true;
  busy = true;
  desk().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { ...options, signal: AbortSignal.timeout(15_000) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return answer.ok && show(page, `${answer.url.split("#")[0]}#application`);
  } catch {
    return false;
  } finally {
    busy = false;
    desk().removeAttribute("aria-busy");
  }
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-desk] a[href*='open=']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (!(await go(link.href))) location.assign(link.href);
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-decide]");
  if (!form || form.dataset.plain) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  if (await go(form.action, { method: "POST", body })) return;
  // Nobody knows whether the decision arrived. Made again, it is the same decision, or it is told who made it.
  form.dataset.plain = "yes";
  form.requestSubmit(event.submitter);
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-keys-on]")) return;
  try {
    localStorage.setItem(STORE, event.target.checked ? "on" : "off");
  } catch {
    // Then the choice holds for this page.
  }
  desk().toggleAttribute("data-with-keys", event.target.checked);
});

// A kept reason is seen in the language in which it will be read.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-desk] select[name=kept]")) return;
  const reason = event.target.form.querySelector("[data-reason]");
  const kept = [...event.target.options].map((option) => option.dataset.text);
  if (!reason.value || kept.includes(reason.value)) {
    reason.value = event.target.selectedOptions[0].dataset.text ?? "";
  }
});

document.addEventListener("keydown", (event) => {
  const here = desk();
  if (!here || busy || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") {
    const open = here.querySelector("details[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
    return;
  }
  if (!here.hasAttribute("data-with-keys")) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], dialog, [popover]")) return;
  const wanted = here.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) return;
  event.preventDefault();
  const fold = wanted.closest("details");
  if (!fold) return wanted.click();
  for (const other of here.querySelectorAll("details[open]")) other.open = other === fold;
  fold.open = true;
  fold.querySelector("[data-first]").focus();
});

addEventListener("popstate", () => location.reload());
if (location.hash === "#application") document.querySelector("#application")?.focus();
prepare();
