// What the script says by itself: sentences of the server, with something put into their braces.
import { boxOf } from "./shapes.js";

export const filled = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

export const metres = (centimetres) => String(Math.round(centimetres) / 100);

export class Words {
  constructor(config) {
    this.words = config.words;
    this.kinds = config.kinds;
    this.types = new Map(config.types.map((type) => [type.id, type]));
    this.language = document.documentElement.lang;
  }

  say(name, values = {}) {
    return filled(this.words[name], values);
  }

  // What an item is called: its number, else its kind and name.
  called(item) {
    if (item.kind === "booth") return item.number;
    const name = item.names[this.language] || Object.values(item.names).find(Boolean);
    return name ? `${this.kinds[item.kind]} “${name}”` : this.kinds[item.kind];
  }

  place(item) {
    const [left, top, right, bottom] = boxOf(item.shape);
    return this.say("place", {
      width: metres(right - left),
      depth: metres(bottom - top),
      x: metres(left),
      y: metres(top),
    });
  }

  label(item, who = "", fault = "") {
    const type = this.types.get(item.type)?.name;
    const label = [this.called(item), type, this.place(item), who, fault].filter(Boolean).join(", ");
    return label.charAt(0).toUpperCase() + label.slice(1);
  }

  // Several things by one name.
  ofAll(items) {
    return items.length === 1 ? this.called(items[0]) : this.say("several", { number: items.length });
  }
}
