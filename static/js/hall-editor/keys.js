// The drawing by keyboard. Keys count while something in the drawing has the focus; Ctrl with S and Z, anywhere
// outside of fields.
import { boxOf, isPolygon, moved, turned } from "./shapes.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const TURN = 15;
const LEAST = 10; // centimetres

export function watchKeys(editor) {
  const { plan, drawing, view, hand } = editor;

  const goTo = (key, isMore) => {
    if (!key) return;
    if (!isMore) plan.choose([key]);
    drawing.focus(key);
    view.reveal(boxOf(plan.items.get(key).shape));
  };

  const walk = (event) => {
    const keys = plan.inOrder().map((item) => item.key);
    const at = keys.indexOf(drawing.current);
    const next = { PageDown: at + 1, PageUp: at - 1, Home: 0, End: keys.length - 1 }[event.key];
    goTo(keys[Math.min(Math.max(next, 0), keys.length - 1)], event.shiftKey);
  };

  const push = (event) => {
    const [right, down] = ARROWS[event.key];
    const step = event.altKey ? 1 : editor.grid;
    const items = plan.chosenItems.map((item) => ({
      ...item,
      shape: event.shiftKey ? stretched(item.shape, right * step, down * step) : moved(item.shape, right * step, down * step),
    }));
    if (items.length) editor.step(event.shiftKey ? "changed" : "moved", items, null, `arrows ${event.shiftKey}`);
  };

  const spin = (degrees) => {
    const items = plan.chosenItems.map((item) => ({ ...item, shape: turned(item.shape, degrees) }));
    if (items.length) editor.step("changed", items, null, "turning");
  };

  const toggle = () => {
    hand.choose(drawing.current, true);
    drawing.focus(drawing.current);
  };

  const plain = {
    PageDown: walk,
    PageUp: walk,
    Home: walk,
    End: walk,
    " ": toggle,
    Enter: () => {
      if (!plan.chosen.has(drawing.current)) plan.choose([drawing.current]);
      editor.properties.focus();
    },
    Escape: () => (hand.held ? hand.letGo() : plan.choose([])),
    Delete: () => editor.remove(),
    Backspace: () => editor.remove(),
    d: () => editor.duplicate(),
    r: (event) => spin(event.shiftKey ? -TURN : TURN),
    "+": () => view.larger(),
    "=": () => view.larger(),
    "-": () => view.smaller(),
    0: () => view.all(),
  };

  drawing.svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const deed = ARROWS[name] ? push : plain[name];
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    // What has the focus and is not chosen is what is meant.
    if (deed === push && !plan.chosen.size && drawing.current) plan.choose([drawing.current]);
    deed(event);
    if (drawing.shown.has(drawing.current) && name !== "Enter" && document.activeElement === document.body) {
      drawing.focus(drawing.current);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target === document.body) {
      event.preventDefault();
      hand.spaceIsDown = true;
    }
    if (!(event.ctrlKey || event.metaKey)) return;
    const name = event.key.toLowerCase();
    if (name === "s") {
      event.preventDefault();
      editor.save();
    }
    if (event.target.closest("input, textarea, select")) return;
    if (name === "z") {
      event.preventDefault();
      if (event.shiftKey) editor.redo();
      else editor.undo();
    } else if (name === "y") {
      event.preventDefault();
      editor.redo();
    } else if (name === "a" && drawing.svg.contains(event.target)) {
      event.preventDefault();
      plan.choose(plan.items.keys());
    }
  });
  document.addEventListener("keyup", (event) => {
    if (event.key === " ") hand.spaceIsDown = false;
  });
}

// Larger or smaller to the right and downwards; a polygon keeps its form.
function stretched(shape, more, deeper) {
  if (isPolygon(shape)) return shape;
  return {
    ...shape,
    width: Math.max(LEAST, shape.width + more),
    depth: Math.max(LEAST, shape.depth + deeper),
  };
}
