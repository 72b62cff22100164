// The mouse, a pen or a finger on the drawing: choosing, moving, resizing, turning, corners, measuring.
//
// What is held is only shown (drawing.preview); letting go makes it one step of the plan.
import { element } from "./drawing.js";
import { angleTo, boxOf, isPolygon, moved, onGrid, pulled } from "./shapes.js";
import { metres } from "./words.js";

const SLACK = 4; // pixels; less is a click

export class Hand {
  constructor(editor) {
    this.editor = editor;
    const { svg } = editor.drawing;
    this.held = null;
    this.isMeasuring = false;
    this.spaceIsDown = false;
    svg.addEventListener("pointerdown", (event) => this.down(event));
    svg.addEventListener("pointermove", (event) => this.move(event));
    svg.addEventListener("pointerup", (event) => this.up(event));
    svg.addEventListener("pointercancel", () => this.letGo());
    svg.addEventListener("dblclick", (event) => this.removeCorner(event));
    svg.addEventListener(
      "wheel",
      (event) => {
        // The wheel alone goes on scrolling the page.
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        editor.view.by(1.3 ** (-event.deltaY / 100), editor.view.pointAt(event));
      },
      { passive: false },
    );
  }

  down(event) {
    const { plan, drawing, view } = this.editor;
    if (event.button > 1) return;
    const at = view.pointAt(event);
    const handle = event.target.closest("[data-handle]");
    const key = event.target.closest("[data-key]")?.dataset.key;
    const begin = (what, more = {}) => {
      // A touch of the floor scrolls the page; of a booth, it takes it.
      drawing.svg.setPointerCapture(event.pointerId);
      this.held = { what, at, x: event.clientX, y: event.clientY, isMoved: false, ...more };
    };
    if (event.button === 1 || this.spaceIsDown) begin("pan");
    else if (this.isMeasuring) begin("measure");
    else if (handle) begin(handle.dataset.handle, { place: Number(handle.dataset.place) });
    else if (key) {
      this.choose(key, event.shiftKey || event.ctrlKey || event.metaKey);
      drawing.focus(key);
      begin("things", { key });
    } else if (event.pointerType === "mouse") begin("frame", { isMore: event.shiftKey });
    else plan.choose([]);
    if (event.button === 1 || handle || key) event.preventDefault();
  }

  choose(key, isMore) {
    const { plan } = this.editor;
    if (!isMore) {
      if (!plan.chosen.has(key)) plan.choose([key]);
      return;
    }
    const chosen = new Set(plan.chosen);
    if (!chosen.delete(key)) chosen.add(key);
    plan.choose(chosen);
  }

  move(event) {
    const { held } = this;
    if (!held) return;
    held.isMoved ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > SLACK;
    if (!held.isMoved) return;
    const at = this.editor.view.pointAt(event);
    if (held.what === "pan") {
      this.editor.view.pan(held.at[0] - at[0], held.at[1] - at[1]);
    } else if (held.what === "measure") this.measure(held.at, at);
    else if (held.what === "frame") this.frame(held.at, at);
    else this.change(held, at, event.altKey);
  }

  change(held, at, isFree) {
    const { plan, drawing } = this.editor;
    const grid = isFree ? 1 : this.editor.grid;
    const items = held.what === "things" ? this.things(held, at, grid) : this.one(held, at, grid, isFree);
    drawing.preview = new Map(items.map((item) => [item.key, item]));
    this.editor.show();
    if (plan.chosen.size) this.editor.hint(items);
  }

  // What was grabbed comes to lie on the grid; the others keep their places beside it.
  things(held, at, grid) {
    const { plan } = this.editor;
    const grabbed = plan.items.get(held.key);
    if (!plan.chosen.has(held.key)) return [];
    const [left, top] = boxOf(grabbed.shape);
    const dx = onGrid(left + at[0] - held.at[0], grid) - left;
    const dy = onGrid(top + at[1] - held.at[1], grid) - top;
    return plan.chosenItems.map((item) => ({ ...item, shape: moved(item.shape, dx, dy) }));
  }

  one(held, at, grid, isFree) {
    const [item] = this.editor.plan.chosenItems;
    const { shape } = item;
    if (held.what === "pull") return [{ ...item, shape: pulled(shape, held.place, at, grid) }];
    if (held.what === "turn") return [{ ...item, shape: { ...shape, turn: angleTo(shape, at, isFree) } }];
    const corner = [onGrid(at[0], grid), onGrid(at[1], grid)];
    const corners = [...shape.corners];
    if (held.what === "between") corners.splice(held.place + 1, 0, corner);
    else corners[held.place] = corner;
    return [{ ...item, shape: { corners } }];
  }

  frame([x1, y1], [x2, y2]) {
    const box = { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
    this.held.box = box;
    this.editor.drawing.showExtra([element("rect", { ...box, class: "e-frame" })]);
  }

  measure([x1, y1], [x2, y2]) {
    const { unit } = this.editor.view;
    const length = Math.hypot(x2 - x1, y2 - y1);
    const said = this.editor.words.say("measured", { metres: metres(length) });
    this.editor.drawing.showExtra([
      element("line", { x1, y1, x2, y2, class: "e-measure" }),
      element("text", { x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 12 * unit, "font-size": 16 * unit }, said),
    ]);
    this.editor.say(said);
  }

  up(event) {
    const { held } = this;
    const { plan, drawing, words } = this.editor;
    if (!held) return;
    const items = drawing.preview ? [...drawing.preview.values()] : [];
    this.letGo();
    if (held.what === "frame") this.chooseIn(held);
    else if (held.what === "things" && !held.isMoved && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      plan.choose([held.key]);
    } else if (items.length && held.isMoved) {
      const name = held.what === "things" ? "moved" : "changed";
      this.editor.step(name, items, words.ofAll(items));
    }
  }

  chooseIn({ box, isMore, isMoved }) {
    const { plan } = this.editor;
    const found = isMore ? new Set(plan.chosen) : new Set();
    if (isMoved && box) {
      for (const [key, item] of plan.items) {
        const [left, top, right, bottom] = boxOf(item.shape);
        const isIn =
          left >= box.x && top >= box.y && right <= box.x + box.width && bottom <= box.y + box.height;
        if (isIn) found.add(key);
      }
    }
    plan.choose(found);
  }

  // Put back what is held.
  letGo() {
    const { drawing } = this.editor;
    this.held = null;
    if (!this.isMeasuring) drawing.showExtra(null);
    drawing.preview = null;
    this.editor.show();
  }

  removeCorner(event) {
    const handle = event.target.closest('[data-handle="corner"]');
    const [item] = this.editor.plan.chosenItems;
    if (!handle || !isPolygon(item.shape)) return;
    const { corners } = item.shape;
    if (corners.length <= 3) {
      this.editor.warn(this.editor.words.say("cornersNeeded"));
      return;
    }
    const left = corners.filter((_corner, place) => place !== Number(handle.dataset.place));
    this.editor.step("changed", [{ ...item, shape: { corners: left } }], this.editor.words.called(item));
  }
}
