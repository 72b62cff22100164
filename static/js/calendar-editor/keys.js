// The calendar by keyboard. Arrows move the block at once and are saved together, a moment after the last one.
import { later, minutesBetween } from "./times.js";

const REST = 900; // milliseconds after the last arrow
const QUARTER = 15;
const FINE = 5;

export function watchKeys(planner, config, draft, board, panel) {
  let pending = null; // {id, place, timer}

  const settle = async () => {
    if (!pending) return;
    const { id, place, timer } = pending;
    clearTimeout(timer);
    pending = null;
    board.stopPreview();
    await board.put(id, place);
    draft.release();
    if (!document.activeElement || document.activeElement === document.body) board.focus(id);
  };

  const takeBack = () => {
    clearTimeout(pending.timer);
    board.moved.delete(pending.id);
    board.stopPreview();
    const { id } = pending;
    pending = null;
    draft.say("");
    draft.release();
    draft.redraw();
    requestAnimationFrame(() => board.focus(id));
  };

  const move = (id, change) => {
    if (pending && pending.id !== id) settle();
    if (!pending) {
      const { start, end, room } = draft.sessions.get(id);
      pending = { id, place: { start, end, room } };
      draft.hold();
    }
    const place = change(pending.place);
    if (!place || minutesBetween(place.start, place.end) < FINE) return;
    pending.place = place;
    board.shift(id, place);
    board.preview(id, place);
    clearTimeout(pending.timer);
    pending.timer = setTimeout(settle, REST);
  };

  const shift = (minutes) => (place) => ({
    ...place,
    start: later(place.start, minutes),
    end: later(place.end, minutes),
  });
  const stretch = (minutes) => (place) => ({ ...place, end: later(place.end, minutes) });
  const walk = (steps) => (place) => {
    const rooms = config.rooms.map((room) => room.id);
    const next = rooms.indexOf(place.room) + steps;
    return next < 0 || next >= rooms.length ? null : { ...place, room: rooms[next] };
  };

  // What an arrow means: along the hours or across the rooms, which the timeline turns round.
  const meaning = (event) => {
    const along = board.isTimeline ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const across = board.isTimeline ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    const minutes = (event.altKey ? FINE : QUARTER) * (event.key === along[0] ? -1 : 1);
    if (along.includes(event.key)) return event.shiftKey ? stretch(minutes) : shift(minutes);
    if (across.includes(event.key) && !event.shiftKey) return walk(event.key === across[0] ? -1 : 1);
    return null;
  };

  // Whoever leaves the page within that moment has meant it too.
  window.addEventListener("pagehide", settle);

  // Enter opens what the arrows have moved only once that is saved.
  board.element.addEventListener("keydown", (event) => {
    const block = event.target.closest(".block");
    if (!block || event.ctrlKey || event.metaKey || block.closest(".is-other")) return;
    const id = Number(block.dataset.id);
    const change = meaning(event);
    if (change) {
      event.preventDefault();
      move(id, change);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      if (pending) takeBack();
      board.put(id, { start: null, end: null, room: draft.sessions.get(id).room });
    } else if (event.key === "Escape" && pending) {
      event.stopPropagation();
      takeBack();
    } else if (event.key === "Enter" && pending) {
      event.preventDefault();
      event.stopPropagation();
      settle().then(() => panel.open(id));
    }
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    if (event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    const form = planner.querySelector(`[data-step="${event.shiftKey ? "redo" : "undo"}"]`);
    if (pending) takeBack();
    else if (!form.querySelector("button").disabled) form.requestSubmit();
  });
}
