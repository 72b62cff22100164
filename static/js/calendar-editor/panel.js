// What is beside the calendar: one session to edit, or what two organizers want of it, and the warnings.
import { worst } from "./block.js";
import { addressOf, ask } from "./server.js";

const REST = 250; // milliseconds without a key before the server is asked what would clash

export class Panel {
  constructor(planner, config, draft) {
    this.config = config;
    this.draft = draft;
    this.side = planner.querySelector("[data-side]");
    this.place = planner.querySelector("[data-panel]");
    planner.addEventListener("click", (event) => this.clicked(event));
    planner.addEventListener("input", (event) => this.typed(event));
    this.side.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    draft.listen(() => this.lookForNews());
  }

  clicked(event) {
    const target = event.target.closest("[data-open], [data-close], [data-toggle]");
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (target.dataset.open) this.open(Number(target.dataset.open));
    else if (target.dataset.toggle) this.toggle();
    else this.close();
  }

  toggle() {
    const isOpen = this.side.classList.contains("is-open");
    if (isOpen && !this.place.childElementCount) this.close();
    else this.reveal(this.side.querySelector("#clashes"));
  }

  reveal(element) {
    this.cameFrom ??= document.activeElement;
    this.side.classList.add("is-open");
    element.tabIndex = -1;
    element.focus();
  }

  async open(id) {
    this.cameFrom = document.activeElement;
    const answer = await ask(addressOf(this.config.urls.session, id));
    if (answer.html) this.showHtml(answer.html);
    else this.draft.warn(answer.said || this.config.words.failed);
  }

  // Fragments are our own server's, made by its templates.
  showHtml(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    this.place.replaceChildren(...page.body.childNodes);
    for (const hidden of this.place.querySelectorAll(".without-script")) hidden.remove();
    this.reveal(this.place.querySelector("h2"));
  }

  close() {
    const section = this.place.querySelector("[data-session]");
    this.place.replaceChildren();
    this.side.classList.remove("is-open");
    const block = section && document.querySelector(`.block[data-id="${section.dataset.session}"]`);
    (block ?? (this.cameFrom?.isConnected ? this.cameFrom : null))?.focus();
    this.cameFrom = null;
  }

  // Say that the session in the panel is no longer as it was opened; saving it shows both side by side.
  lookForNews() {
    const section = this.place.querySelector("[data-session]");
    const said = section?.querySelector("[data-changed-elsewhere]");
    if (!said) return;
    const session = this.draft.sessions.get(Number(section.dataset.session));
    const isOld = session && String(session.version) !== section.dataset.version;
    said.textContent = isOld ? this.config.words.openChanged : "";
  }

  typed(event) {
    const form = event.target.closest("[data-preview-form]");
    if (!form || !["starts", "ends", "room"].includes(event.target.name)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.preview(form), REST);
  }

  async preview(form) {
    const shown = form.querySelector("[data-preview]");
    const value = (name) => form.elements[name].value;
    const place = { start: value("starts"), end: value("ends"), room: value("room") };
    const clashes = await this.draft.preview(Number(form.dataset.previewForm), place);
    if (!clashes) return;
    const { words } = this.config;
    shown.dataset.severity = worst(clashes) || "none";
    const lines = clashes.map(({ severity, subject, sentence }) => {
      const line = document.createElement("p");
      line.textContent = `${words[severity]}: ${[subject, sentence].filter(Boolean).join(". ")}`;
      return line;
    });
    if (lines.length) shown.replaceChildren(...lines);
    else shown.textContent = words.noClash;
  }
}
