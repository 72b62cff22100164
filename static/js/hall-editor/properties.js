// Exact measures of what is chosen: fields that take effect when they are left.
import { cornersOf, isPolygon, boxOf } from "./shapes.js";

const CORNER = /^\s*(-?\d{1,6})\s+(-?\d{1,6})\s*$/;
const MEASURES = ["x", "y", "width", "depth", "turn"];

export class Properties {
  constructor(root, editor) {
    this.editor = editor;
    this.root = root;
    this.form = root.querySelector("[data-item-form]");
    this.error = root.querySelector("[data-item-error]");
    this.title = root.querySelector("[data-chosen-title]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.apply();
    });
    this.form.addEventListener("change", () => this.apply());
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.show();
      if (this.item) editor.drawing.focus(this.item.key);
    });
  }

  get item() {
    const { chosenItems } = this.editor.plan;
    return chosenItems.length === 1 ? chosenItems[0] : null;
  }

  focus() {
    (this.item ? this.form.querySelector("input:not([hidden])") : this.title).focus();
    const first = [...this.form.elements].find((field) => field.offsetParent && field.matches("input, select"));
    if (this.item) first?.focus();
  }

  show() {
    const { plan, words } = this.editor;
    const { item } = this;
    const count = plan.chosen.size;
    this.root.querySelector("[data-none]").textContent = count ? "" : words.say("noneChosen");
    this.title.textContent = item ? words.called(item) : words.say("chosen", { number: count });
    this.root.querySelector("[data-who]").textContent = item ? (plan.booked.get(item.key) ?? "") : "";
    this.form.hidden = !item;
    this.error.textContent = "";
    if (!item) return;
    const is = {
      booth: item.kind === "booth",
      part: item.kind !== "booth",
      rectangle: !isPolygon(item.shape),
      corners: isPolygon(item.shape),
    };
    for (const part of this.form.querySelectorAll("[data-only]")) part.hidden = !is[part.dataset.only];
    const values = is.booth ? { number: item.number, type: item.type } : { kind: item.kind };
    for (const [code, name] of Object.entries(item.names ?? {})) values[`name_${code}`] = name;
    if (is.rectangle) for (const name of MEASURES) values[name] = item.shape[name];
    else values.corners = item.shape.corners.map((corner) => corner.join(" ")).join(", ");
    for (const [name, value] of Object.entries(values)) this.form.elements[name].value = value ?? "";
  }

  apply() {
    const { item } = this;
    if (!item) return;
    const value = (name) => this.form.elements[name].value.trim();
    let next;
    try {
      next = { ...item, shape: isPolygon(item.shape) ? corners(value("corners")) : this.measures(value) };
    } catch (error) {
      this.error.textContent = error.message;
      return;
    }
    if (item.kind === "booth") {
      next.number = value("number").toUpperCase();
      next.type = Number(value("type"));
    } else {
      next.kind = value("kind");
      next.names = Object.fromEntries(Object.keys(item.names).map((code) => [code, value(`name_${code}`)]));
    }
    this.error.textContent = "";
    if (JSON.stringify(next) === JSON.stringify(item)) return;
    this.editor.step("changed", [next], this.editor.words.called(next));
  }

  measures(value) {
    const shape = {};
    for (const name of MEASURES) {
      const number = Number(value(name) || (name === "turn" ? 0 : "x"));
      if (!Number.isInteger(number)) {
        this.form.elements[name].focus();
        throw new Error(this.editor.words.say("badNumber"));
      }
      shape[name] = name === "turn" ? number % 360 : number;
    }
    return shape;
  }

  // A rectangle with corners that can be moved one by one, and back.
  makePolygon() {
    const { item } = this;
    if (!item) return;
    const shape = { corners: cornersOf(item.shape).map((corner) => [...corner]) };
    this.editor.step("changed", [{ ...item, shape }], this.editor.words.called(item));
  }

  makeRectangle() {
    const { item } = this;
    if (!item) return;
    const [left, top, right, bottom] = boxOf(item.shape);
    const shape = { x: left, y: top, width: right - left, depth: bottom - top, turn: 0 };
    this.editor.step("changed", [{ ...item, shape }], this.editor.words.called(item));
  }
}

// Throws with nothing to say when it cannot be read: the sentence of the field does.
function corners(written) {
  const found = written.split(",").map((pair) => CORNER.exec(pair));
  if (found.some((pair) => !pair)) throw new Error(document.querySelector("label[for=p-corners]").textContent);
  return { corners: found.map((pair) => [Number(pair[1]), Number(pair[2])]) };
}
