// Sessions without a time. They are carried into the calendar by mouse or finger, or given a place with Enter.
import { drawBlock } from "./block.js";
import { later } from "./times.js";

const FAR = 5; // pixels until a press is a drag

export class Tray {
  constructor(planner, config, draft, board, panel) {
    this.config = config;
    this.draft = draft;
    this.board = board;
    this.panel = panel;
    this.element = planner.querySelector("[data-tray]");
    this.list = planner.querySelector("[data-tray-list]");
    this.hint = planner.querySelector("[data-tray-hint]");
    this.list.addEventListener("pointerdown", (event) => this.pressed(event));
    this.list.addEventListener("click", (event) => this.clicked(event));
    board.overTray = (event) => this.isOver(event);
    board.markTray = (event) => this.element.classList.toggle("is-target", Boolean(event) && this.isOver(event));
    draft.listen((state) => this.show(state));
  }

  show(state) {
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const waiting = state.sessions.filter((session) => !session.start && session.state !== "cancelled");
    const items = waiting.map((session) => {
      const item = document.createElement("li");
      item.append(drawBlock(session, this.draft.clashesOf(session.id), this.config.words));
      return item;
    });
    this.list.replaceChildren(...items);
    this.hint.textContent = waiting.length ? this.config.words.dropHere : this.config.words.nothingUnscheduled;
    if (focused) this.list.querySelector(`[data-id="${focused}"]`)?.focus();
  }

  isOver({ clientX, clientY }) {
    const box = this.element.getBoundingClientRect();
    return clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
  }

  clicked(event) {
    const button = event.target.closest(".block");
    if (!button || this.wasCarried) return;
    this.panel.open(Number(button.dataset.id));
  }

  pressed(event) {
    const button = event.target.closest(".block");
    this.wasCarried = false;
    if (!button || event.button !== 0) return;
    const id = Number(button.dataset.id);
    const from = { x: event.clientX, y: event.clientY };
    let carried = null;

    const placeUnder = ({ clientX, clientY }) => {
      const point = this.board.pointAt(clientX, clientY);
      return point && { ...point, end: later(point.start, this.draft.sessions.get(id).minutes) };
    };
    const moved = (move) => {
      if (!carried && Math.hypot(move.clientX - from.x, move.clientY - from.y) < FAR) return;
      if (!carried) {
        carried = button.cloneNode(true);
        carried.classList.add("carried");
        document.body.append(carried);
        this.draft.hold();
      }
      carried.style.insetInlineStart = `${move.clientX + 8}px`;
      carried.style.insetBlockStart = `${move.clientY + 8}px`;
      const place = placeUnder(move);
      if (place) this.board.preview(id, place);
    };
    const ended = (up) => {
      window.removeEventListener("pointermove", moved);
      window.removeEventListener("pointerup", ended);
      window.removeEventListener("pointercancel", ended);
      if (!carried) return;
      carried.remove();
      this.wasCarried = true;
      this.board.stopPreview();
      const place = up.type === "pointerup" && placeUnder(up);
      if (place) this.board.put(id, place);
      this.draft.release();
    };
    window.addEventListener("pointermove", moved);
    window.addEventListener("pointerup", ended);
    window.addEventListener("pointercancel", ended);
  }
}
