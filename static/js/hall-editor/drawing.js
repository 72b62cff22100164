// The hall as it is drawn. The server has drawn it once; from then on this keeps it as the plan is.
import { boxOf, cornersOf, isPolygon, labelOf, middleOf, turnedPoint } from "./shapes.js";

const SVG = "http://www.w3.org/2000/svg";
const WORDLESS = new Set(["pillar", "wall", "power"]);
const HANDLE = 5; // pixels from its middle to its edge
const AWAY = 26; // pixels between a shape and the handle that turns it

export function element(name, attributes = {}, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

export class Drawing {
  constructor(svg, plan, words) {
    this.svg = svg;
    this.plan = plan;
    this.words = words;
    this.layer = svg.querySelector("[data-items]");
    this.marks = svg.querySelector("[data-marks]");
    this.shown = new Map(); // key → {element, item, …} as drawn
    this.wrong = new Map(); // key → sentence
    this.preview = null; // items as they are while somebody holds them: key → item
    this.current = null; // the key that has the keyboard
    for (const there of [...this.layer.querySelectorAll("[data-key]")]) this.adopt(there);
  }

  // Links of the page without script become parts of the drawing.
  adopt(there) {
    const group = element("g", { class: "thing", "data-key": there.dataset.key });
    group.append(...there.childNodes);
    there.replaceWith(group);
    this.prepare(group);
  }

  prepare(group) {
    group.setAttribute("role", "button");
    group.setAttribute("tabindex", "-1");
    this.shown.set(group.dataset.key, { group });
  }

  add(key) {
    const group = element("g", { class: "thing", "data-key": key });
    group.append(
      element("polygon", { class: "e-shape" }),
      element("polygon", { class: "e-fault", fill: "url(#editor-wrong)" }),
      element("text", { "aria-hidden": "true" }),
    );
    this.layer.append(group);
    this.prepare(group);
    return this.shown.get(key);
  }

  itemNow(key) {
    return this.preview?.get(key) ?? this.plan.items.get(key);
  }

  // Draw what differs from what is drawn.
  show(unit) {
    for (const [key, { group }] of this.shown) {
      if (this.plan.items.has(key)) continue;
      group.remove();
      this.shown.delete(key);
    }
    for (const key of this.plan.items.keys()) this.showItem(key);
    if (!this.plan.items.has(this.current)) {
      this.current = [...this.plan.chosen][0] ?? this.plan.inOrder()[0]?.key ?? null;
    }
    for (const [key, { group }] of this.shown) {
      group.setAttribute("tabindex", key === this.current ? "0" : "-1");
    }
    this.showMarks(unit);
  }

  showItem(key) {
    const drawn = this.shown.get(key) ?? this.add(key);
    const item = this.itemNow(key);
    const isChosen = this.plan.chosen.has(key);
    const fault = this.wrong.get(key) ?? "";
    const who = this.plan.booked.get(key) ?? "";
    if (drawn.item === item && drawn.isChosen === isChosen && drawn.fault === fault && drawn.who === who) return;
    Object.assign(drawn, { item, isChosen, fault, who });
    const { group } = drawn;
    group.setAttribute("class", `thing ${item.kind}`);
    group.classList.toggle("is-chosen", isChosen);
    group.classList.toggle("is-wrong", Boolean(fault));
    group.classList.toggle("is-booked", Boolean(who));
    group.setAttribute("aria-pressed", String(isChosen));
    group.setAttribute("aria-label", this.words.label(item, who, fault));
    const points = cornersOf(item.shape)
      .map((corner) => corner.join(","))
      .join(" ");
    const [shape, hatch, text] = group.children;
    shape.setAttribute("points", points);
    hatch.setAttribute("points", points);
    const colour = this.words.types.get(item.type)?.colour;
    if (colour) shape.setAttribute("stroke", colour);
    this.write(text, item);
  }

  write(text, item) {
    const isBooth = item.kind === "booth";
    const [left, top, right, bottom] = boxOf(item.shape);
    const [width, depth] = [right - left, bottom - top];
    const side = Math.min(width, depth);
    // Along the longer side; a booth's number always upright.
    const isUpright = isBooth || width >= depth;
    const words = WORDLESS.has(item.kind) ? "" : this.words.called(item);
    const most = isBooth ? 0.34 * side : Math.min(0.5 * side, 60);
    const [x, y] = labelOf(item.shape);
    text.setAttribute("x", x.toFixed(1));
    text.setAttribute("y", y.toFixed(1));
    text.setAttribute(
      "font-size",
      Math.min(most, (1.5 * (isUpright ? width : depth)) / Math.max(3, words.length)).toFixed(1),
    );
    if (isUpright) text.removeAttribute("transform");
    else text.setAttribute("transform", `rotate(-90 ${x.toFixed(1)} ${y.toFixed(1)})`);
    text.textContent = words;
  }

  // Handles of what is chosen, as large on the screen however near the view is.
  showMarks(unit) {
    this.marks.replaceChildren();
    const chosen = [...this.plan.chosen].map((key) => this.itemNow(key)).filter(Boolean);
    if (chosen.length !== 1) return;
    const [item] = chosen;
    const size = HANDLE * unit;
    const handle = (name, place, [x, y], shape = "rect") => {
      const attributes =
        shape === "rect"
          ? { x: x - size, y: y - size, width: 2 * size, height: 2 * size }
          : { cx: x, cy: y, r: 1.2 * size };
      const made = element(shape, { ...attributes, class: `e-handle ${name}` });
      made.dataset.handle = name;
      made.dataset.place = place;
      this.marks.append(made);
    };
    const corners = cornersOf(item.shape);
    if (isPolygon(item.shape)) {
      corners.forEach(([x, y], place) => {
        const [nextX, nextY] = corners[(place + 1) % corners.length];
        handle("between", place, [(x + nextX) / 2, (y + nextY) / 2], "circle");
      });
      corners.forEach((corner, place) => handle("corner", place, corner));
      return;
    }
    const { x, y, width, turn } = item.shape;
    const top = turnedPoint([x + width / 2, y], middleOf(item.shape), turn);
    const above = turnedPoint([x + width / 2, y - AWAY * unit], middleOf(item.shape), turn);
    this.marks.append(
      element("line", { class: "e-stick", x1: top[0], y1: top[1], x2: above[0], y2: above[1] }),
    );
    corners.forEach((corner, place) => handle("pull", place, corner));
    handle("turn", 0, above, "circle");
  }

  // A frame, or a line with its length, while the mouse is held.
  showExtra(extra) {
    this.marks.querySelector(".e-extra")?.remove();
    if (!extra) return;
    const group = element("g", { class: "e-extra" });
    group.append(...extra);
    this.marks.append(group);
  }

  focus(key) {
    const before = this.shown.get(this.current)?.group;
    before?.setAttribute("tabindex", "-1");
    this.current = key;
    const { group } = this.shown.get(key);
    group.setAttribute("tabindex", "0");
    group.focus({ preventScroll: true });
  }
}
