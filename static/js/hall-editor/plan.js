// The plan as this page has it: items, what is chosen, every step back and forth, and what is not saved yet.
//
// Items are never changed, only replaced, so that a step keeps a whole plan and costs little. Each item has a key
// of its own in this page; which row of the database it is may change, when a deleted one comes back by an undo.
const MOST_STEPS = 200;
const TOGETHER = 1200; // milliseconds in which arrows count as one step

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export class Plan {
  constructor(state) {
    this.rows = new Map(); // key here → key of the row
    this.items = new Map();
    this.saved = new Map();
    this.chosen = new Set();
    this.past = [];
    this.future = [];
    this.listeners = [];
    this.made = 0;
    this.take(state);
    this.items = this.saved;
  }

  // Read what is saved. The items that are worked on stay.
  take(state) {
    const here = new Map([...this.rows].map(([key, row]) => [row, key]));
    this.version = state.version;
    this.width = state.width;
    this.depth = state.depth;
    this.saved = new Map(
      state.items.map((item) => {
        const key = here.get(item.key) ?? item.key;
        return [key, { ...item, key }];
      }),
    );
    this.booked = new Map(Object.entries(state.booked).map(([row, who]) => [here.get(row) ?? row, who]));
  }

  listen(listener) {
    this.listeners.push(listener);
  }

  tell() {
    for (const key of this.chosen) if (!this.items.has(key)) this.chosen.delete(key);
    for (const listener of this.listeners) listener();
  }

  choose(keys) {
    this.chosen = new Set(keys);
    this.tell();
  }

  get chosenItems() {
    return [...this.chosen].map((key) => this.items.get(key)).filter(Boolean);
  }

  newKey() {
    this.made += 1;
    return `new${this.made}`;
  }

  // Take a step: updates are items, or keys to take away. kind: steps of one kind in quick succession are one.
  change(label, updates, { gone = [], kind = "" } = {}) {
    const items = new Map(this.items);
    for (const key of gone) items.delete(key);
    for (const item of updates) items.set(item.key, item);
    this.step(label, items, kind);
  }

  step(label, items, kind = "") {
    const last = this.past.at(-1);
    const isMore = kind && last?.kind === kind && Date.now() - last.at < TOGETHER;
    if (isMore) {
      last.at = Date.now();
      last.label = label;
    } else {
      this.past.push({ label, kind, at: Date.now(), items: this.items });
      if (this.past.length > MOST_STEPS) this.past.shift();
    }
    this.future = [];
    this.items = items;
    this.tell();
  }

  undo() {
    const step = this.past.pop();
    if (!step) return null;
    this.future.push({ ...step, items: this.items });
    this.items = step.items;
    this.tell();
    return step;
  }

  redo() {
    const step = this.future.pop();
    if (!step) return null;
    this.past.push({ ...step, kind: "", items: this.items });
    this.items = step.items;
    this.tell();
    return step;
  }

  // What differs from what is saved: [{key, before, after}], with this page's keys.
  differences() {
    const found = [];
    for (const [key, item] of this.items) {
      const before = this.saved.get(key);
      if (before !== item && !same(before, item)) found.push({ key, before: before ?? null, after: item });
    }
    for (const [key, before] of this.saved) {
      if (!this.items.has(key)) found.push({ key, before, after: null });
    }
    return found;
  }

  // The same for the server, with the keys of its rows.
  differencesForServer() {
    const named = (item) => item && { ...item, key: this.rows.get(item.key) ?? item.key };
    return this.differences().map(({ before, after }) => ({ before: named(before), after: named(after) }));
  }

  // The server has written everything: remember the rows of what is new.
  wasSaved(differences, given, state) {
    for (const { key } of differences) {
      const row = given[this.rows.get(key) ?? key];
      if (row) this.rows.set(key, row);
    }
    this.take(state);
    this.tell();
  }

  // Somebody else saved first: put this page's changes on the hall as it is now.
  putOn(state) {
    const differences = this.differences();
    this.take(state);
    const items = new Map(this.saved);
    for (const { key, after } of differences) {
      if (after) items.set(key, after);
      else items.delete(key);
    }
    return items;
  }

  // The number after another, which nobody has here.
  nextNumber(number) {
    const taken = new Set([...this.items.values()].map((item) => item.number));
    const [, before, digits] = number.match(/^(.*?)(\d+)$/) ?? [null, `${number}-`, "0"];
    for (let value = Number(digits) + 1; ; value += 1) {
      const written = before + String(value).padStart(digits.length, "0");
      if (!taken.has(written)) return written;
    }
  }

  // Booths in the order of their numbers, then the rest: the order of the list and of Page Down.
  inOrder() {
    const items = [...this.items.values()];
    const booths = items.filter((item) => item.kind === "booth");
    booths.sort((one, other) => one.number.localeCompare(other.number, "en", { numeric: true }));
    return [...booths, ...items.filter((item) => item.kind !== "booth")];
  }
}
