// The editor of a hall. The page is a drawing and a list with forms; this makes an editor of it.
//
// .floor-editor[data-config] says once what is needed (exhibitors/admin/editor_page.py). Nothing is saved before
// Save; then everything that was changed goes to the server together, with the version this page began with.
import { tell } from "../calendar-editor/server.js";
import { Drawing } from "./drawing.js";
import { Hand } from "./hand.js";
import { watchKeys } from "./keys.js";
import { List } from "./list.js";
import { Plan } from "./plan.js";
import { Properties } from "./properties.js";
import { boxOf, moved, onGrid } from "./shapes.js";
import { View } from "./view.js";
import { Words } from "./words.js";

const REST = 350; // milliseconds without a change before the server is asked what is wrong

class Editor {
  constructor(root) {
    this.root = root;
    this.config = JSON.parse(root.dataset.config);
    this.words = new Words(this.config);
    this.plan = new Plan(this.config.plan);
    const svg = root.querySelector("[data-drawing]");
    this.drawing = new Drawing(svg, this.plan, this.words);
    this.view = new View(svg, this.plan, () => this.drawing.showMarks(this.view.unit));
    this.hand = new Hand(this);
    this.properties = new Properties(root.querySelector("[data-properties]"), this);
    this.list = new List(root.querySelector("[data-deed-form]"), this);
    this.panel = root.querySelector("[data-panel]");
    this.gridField = root.querySelector("[data-grid]");
    watchKeys(this);
    this.plan.listen(() => this.show());
    this.plan.listen(() => this.lookSoon());
    root.classList.add("is-live");
    root.querySelector("[data-list]").open = this.plan.items.size <= 200;
    root.addEventListener("click", (event) => this.clicked(event));
    root.addEventListener("submit", (event) => this.submitted(event));
    root.querySelector("[data-list]").addEventListener("toggle", () => this.list.show());
    window.addEventListener("beforeunload", (event) => {
      if (this.plan.differences().length) event.preventDefault();
    });
    this.show();
  }

  get grid() {
    return Number(this.gridField.value);
  }

  show() {
    const { plan } = this;
    this.drawing.show(this.view.unit);
    if (this.drawing.preview) return; // the rest waits until it is let go
    this.properties.show();
    this.list.show();
    for (const [name, steps] of [
      ["undo", plan.past],
      ["redo", plan.future],
    ]) {
      const button = this.root.querySelector(`[data-do=${name}]`);
      button.disabled = !steps.length;
      button.title = steps.at(-1)?.label ?? "";
    }
  }

  say(sentence) {
    this.root.querySelector("[data-said]").textContent = sentence;
  }

  warn(sentence) {
    this.root.querySelector("[data-alarm]").textContent = sentence;
  }

  // Where it is while it is held.
  hint(items) {
    if (items.length === 1) this.say(this.words.place(items[0]));
  }

  // One step, said in words: name is one of moved, changed, added.
  step(name, items, what = null, kind = "") {
    const facts = { what: what ?? this.words.ofAll(items), place: items.length === 1 ? this.words.place(items[0]) : "" };
    const label = this.words.say(name, facts).replace(/: $/, "");
    this.plan.change(label, items, { kind });
    this.warn("");
    this.say(this.withUnsaved(label));
  }

  withUnsaved(sentence) {
    const number = this.plan.differences().length;
    return number ? `${sentence}. ${this.words.say("unsaved", { number })}.` : `${sentence}.`;
  }

  undo() {
    const step = this.plan.undo();
    if (step) this.say(this.withUnsaved(this.words.say("undone", { step: step.label })));
  }

  redo() {
    const step = this.plan.redo();
    if (step) this.say(this.withUnsaved(this.words.say("redone", { step: step.label })));
  }

  // --- adding and taking away ---

  add(what) {
    const { plan } = this;
    const type = this.words.types.get(Number(what));
    const width = type?.width ?? 200;
    const depth = type?.depth ?? 200;
    const [x, y] = this.freePlace(width, depth);
    const shape = { x, y, width, depth, turn: 0 };
    const key = plan.newKey();
    const last = plan
      .inOrder()
      .filter((item) => item.type === type?.id && item.number)
      .at(-1);
    const item = type
      ? { key, kind: "booth", shape, number: plan.nextNumber(last?.number ?? "A0"), type: type.id }
      : { key, kind: what, shape, names: { vi: "", ko: "", en: "" } };
    this.addAll([item]);
  }

  addAll(items) {
    this.step("added", items);
    this.plan.choose(items.map((item) => item.key));
    this.drawing.focus(items[0].key);
    this.view.reveal(boxOf(items[0].shape));
  }

  // A place of the grid in sight where nothing stands yet, else the middle of the view.
  freePlace(width, depth) {
    const { now } = this.view;
    const { grid } = this;
    const boxes = [...this.plan.items.values()].map((item) => boxOf(item.shape));
    const isFree = (x, y) =>
      boxes.every(([left, top, right, bottom]) => x >= right || x + width <= left || y >= bottom || y + depth <= top);
    const jump = Math.max(grid, 50);
    const right = Math.min(now.x + now.width, this.plan.width) - width;
    const bottom = Math.min(now.y + now.height, this.plan.depth) - depth;
    for (let y = onGrid(Math.max(0, now.y), grid); y <= bottom; y += jump) {
      for (let x = onGrid(Math.max(0, now.x), grid); x <= right; x += jump) if (isFree(x, y)) return [x, y];
    }
    const [x, y] = this.view.middle;
    return [onGrid(x - width / 2, grid), onGrid(y - depth / 2, grid)];
  }

  duplicate() {
    const { plan } = this;
    const items = plan.chosenItems;
    if (!items.length) return this.warn(this.words.say("noneChosen"));
    const boxes = items.map((item) => boxOf(item.shape));
    const wide = Math.max(...boxes.map((box) => box[2])) - Math.min(...boxes.map((box) => box[0]));
    const made = [];
    for (const item of items) {
      const copy = { ...item, key: plan.newKey(), shape: moved(item.shape, wide, 0) };
      if (item.kind === "booth") {
        copy.number = plan.nextNumber(made.findLast((one) => one.kind === "booth")?.number ?? item.number);
      }
      made.push(copy);
    }
    this.addAll(made);
  }

  remove() {
    const { plan, words } = this;
    const items = plan.chosenItems;
    if (!items.length) return this.warn(words.say("noneChosen"));
    const taken = items.find((item) => plan.booked.has(item.key));
    if (taken) {
      return this.warn(words.say("booked", { what: words.called(taken), who: plan.booked.get(taken.key) }));
    }
    const order = plan.inOrder().map((item) => item.key);
    const at = order.indexOf(items[0].key);
    const label = words.say("deleted", { what: words.ofAll(items) });
    plan.change(label, [], { gone: items.map((item) => item.key) });
    this.warn("");
    this.say(`${label}. ${words.say("bringBack")}`);
    const next = order.slice(at).concat(order).find((key) => plan.items.has(key));
    if (next) this.drawing.focus(next);
  }

  // --- the server ---

  form(values) {
    const form = new FormData();
    for (const [name, value] of Object.entries(values)) form.set(name, value);
    return form;
  }

  lookSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), REST);
  }

  // Ask what cannot be built as it is drawn.
  async look() {
    const items = this.plan.items;
    if (items === this.looked) return;
    this.looked = items;
    const answer = await tell(this.config.urls.check, this.form({ items: JSON.stringify([...items.values()]) }));
    if (this.plan.items !== items) return;
    if (answer.status === 200) this.showFaults(answer.faults);
    else this.warn(answer.said ?? this.words.say("failed"));
  }

  showFaults(faults) {
    const { plan, root } = this;
    this.drawing.wrong = new Map();
    for (const { sentence, keys } of faults) {
      for (const key of keys) this.drawing.wrong.set(key, sentence);
    }
    root.querySelector("[data-faults]").hidden = !faults.length;
    const list = root.querySelector("[data-fault-list]");
    list.replaceChildren(
      ...faults.map(({ sentence, keys }) => {
        const line = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "link";
        button.textContent = sentence;
        button.addEventListener("click", () => {
          plan.choose(keys);
          this.drawing.focus(keys[0]);
          this.view.reveal(boxOf(plan.items.get(keys[0]).shape));
        });
        line.append(button);
        return line;
      }),
    );
    if (faults.length) this.say(`${this.words.say("wrong")} ${faults[0].sentence}`);
    this.drawing.show(this.view.unit);
  }

  // Items as the server names them have this page's keys already: what is new came from here.
  async arrange(form, deed) {
    const { plan, words } = this;
    if (deed === "delete") return this.remove();
    const values = new FormData(form);
    values.delete("item");
    values.set("deed", deed);
    values.set("items", JSON.stringify([...plan.items.values()]));
    values.set("chosen", [...plan.chosen].join(" "));
    const answer = await tell(this.config.urls.arrange, values);
    if (answer.status !== 200) return this.warn(answer.said ?? words.say("failed"));
    if (deed === "duplicate") this.addAll(answer.items.map((item) => ({ ...item, key: plan.newKey() })));
    else this.step("changed", answer.items);
  }

  async addRow(form) {
    const said = form.querySelector("[data-row-error]");
    const answer = await tell(this.config.urls.row, new FormData(form));
    said.textContent = answer.status === 200 ? "" : (answer.said ?? this.words.say("failed"));
    if (answer.status === 200) {
      this.addAll(answer.items.map((item) => ({ ...item, key: this.plan.newKey() })));
    }
  }

  async save(answers = {}) {
    const { plan, words } = this;
    const differences = plan.differences();
    if (!differences.length) return this.say(words.say("nothing"));
    if (this.isSaving) return; // pressed twice
    this.isSaving = true;
    this.say(words.say("saving"));
    this.warn("");
    const sent = { version: plan.version, differences: JSON.stringify(plan.differencesForServer()), ...answers };
    const answer = await tell(this.config.urls.save, this.form(sent));
    this.isSaving = false;
    if (answer.status === 200) {
      this.close();
      plan.wasSaved(differences, answer.given, answer.plan);
      this.say(words.say("saved"));
      return;
    }
    this.say("");
    this.warn(answer.said || (answer.html ? "" : words.say("failed")));
    if (answer.faults) this.showFaults(answer.faults.map((fault) => this.withKeysHere(fault)));
    if (answer.html) this.ask(answer);
  }

  withKeysHere(fault) {
    const here = new Map([...this.plan.rows].map(([key, row]) => [row, key]));
    return { ...fault, keys: fault.keys.map((key) => here.get(key) ?? key) };
  }

  // Something has to be decided first: fragments are our own server's, made by its templates.
  ask({ html, plan }) {
    const page = new DOMParser().parseFromString(html, "text/html");
    this.panel.replaceChildren(...page.body.childNodes);
    this.theirs = plan;
    this.panel.querySelector("h2").focus();
  }

  close() {
    this.panel.replaceChildren();
    this.theirs = null;
  }

  settle(isMine) {
    const items = isMine ? this.plan.putOn(this.theirs) : null;
    if (!isMine) this.plan.take(this.theirs);
    const label = this.words.say(isMine ? "mine" : "theirs");
    this.plan.step(label, items ?? this.plan.saved);
    this.close();
    this.warn("");
    this.say(label);
    this.root.querySelector("[data-do=save]").focus();
  }

  // --- buttons and forms ---

  clicked(event) {
    const button = event.target.closest("[data-do], [data-close]");
    if (!button) return;
    event.preventDefault();
    const deeds = {
      save: () => this.save(),
      undo: () => this.undo(),
      redo: () => this.redo(),
      duplicate: () => this.duplicate(),
      delete: () => this.remove(),
      larger: () => this.view.larger(),
      smaller: () => this.view.smaller(),
      whole: () => this.view.all(),
      polygon: () => this.properties.makePolygon(),
      rectangle: () => this.properties.makeRectangle(),
      measure: () => this.toggleMeasuring(button),
      "keep-mine": () => this.settle(true),
      "take-theirs": () => this.settle(false),
    };
    if (button.dataset.do) deeds[button.dataset.do]();
    else this.close();
  }

  toggleMeasuring(button) {
    this.hand.isMeasuring = !this.hand.isMeasuring;
    button.setAttribute("aria-pressed", String(this.hand.isMeasuring));
    this.drawing.svg.classList.toggle("is-measuring", this.hand.isMeasuring);
    this.drawing.showExtra(null);
  }

  submitted(event) {
    const form = event.target;
    event.preventDefault();
    if (form.matches("[data-add-form]")) this.add(form.elements.what.value);
    else if (form.matches("[data-row-form]")) this.addRow(form);
    else if (form.matches("[data-deed-form]")) this.arrange(form, event.submitter?.value ?? "move");
    else if (form.matches("[data-agree-form]")) {
      this.save({ agreed: "on", ...(form.elements.tell.checked && { tell: "on" }) });
    }
  }
}

new Editor(document.querySelector(".floor-editor"));
