// The calendar: rooms as columns for a day, or the whole forum as a timeline.
import {
  createCalendar,
  Interaction,
  ResourceTimeGrid,
  ResourceTimeline,
} from "../../vendor/event-calendar/event-calendar.js";
import { drawBlock, worst } from "./block.js";
import { clock, dayOf, ofDate } from "./times.js";

const DAY = "resourceTimeGridDay";
const FORUM = "resourceTimelineDay";
const NO_ROOM = "none";
const TABLE_ATTRIBUTES = ["role", "aria-colindex", "aria-colspan"];
const NEWS = 4500; // milliseconds for which a block shows that others changed it
const PREVIEW = 120; // milliseconds of rest before the server is asked what would clash

export class Board {
  constructor(planner, config, draft, panel) {
    this.config = config;
    this.draft = draft;
    this.panel = panel;
    this.element = planner.querySelector("[data-board]");
    this.track = config.track;
    this.news = new Set();
    // Sessions that are shown elsewhere than the draft has them: id → {start, end, room}.
    this.moved = new Map();
    this.calendar = createCalendar(
      this.element,
      [Interaction, ResourceTimeGrid, ResourceTimeline],
      this.options(),
    );
    // The library calls itself a table, whose rows hold no cells. It is a group of buttons; the table is below.
    const plain = () => {
      for (const name of TABLE_ATTRIBUTES) {
        for (const element of this.element.querySelectorAll(`[${name}]`)) element.removeAttribute(name);
      }
    };
    const watched = { attributeFilter: TABLE_ATTRIBUTES, childList: true, subtree: true };
    new MutationObserver(plain).observe(this.element, watched);
    plain();
    this.element.addEventListener("click", (event) => this.clicked(event));
    // A touch that becomes scrolling takes the block out of the hand without a word of the calendar.
    window.addEventListener("pointercancel", () => this.wasDragged && this.open());
    draft.listen((state, news) => this.show(state, news));
  }

  options() {
    const { days } = this.config;
    const labels = new Map(days.map((day) => [day.date, day.label]));
    return {
      view: DAY,
      date: this.config.day,
      locale: this.config.language,
      headerToolbar: { start: "", center: "", end: "" },
      allDaySlot: false,
      slotDuration: "00:15:00",
      slotHeight: 22,
      slotLabelInterval: "01:00:00",
      slotLabelFormat: (date) => clock(ofDate(date)),
      snapDuration: "00:05:00",
      slotMinTime: "08:00:00",
      slotMaxTime: "19:00:00",
      flexibleSlotTimeLimits: true,
      dayHeaderFormat: (date) => labels.get(ofDate(date).slice(0, 10)) ?? "",
      dayHeaderAriaLabelFormat: (date) => labels.get(ofDate(date).slice(0, 10)) ?? "",
      editable: true,
      eventResizableFromStart: true,
      slotEventOverlap: false,
      longPressDelay: 300,
      resources: [],
      events: [],
      eventContent: (info) => this.content(info.event),
      eventDragStart: () => this.grip(),
      eventResizeStart: () => this.grip(),
      eventDragStop: (info) => this.letGo(info),
      eventResizeStop: (info) => this.letGo(info),
      eventDrop: (info) => this.dropped(info),
      eventResize: (info) => this.dropped(info),
      dragConstraint: (info) => this.hovers(info.event, info.jsEvent),
      resizeConstraint: (info) => this.hovers(info.event),
      views: {
        [FORUM]: {
          date: days[0].date,
          duration: { days: days.length },
          slotDuration: "00:30:00",
          slotWidth: 60,
        },
      },
    };
  }

  get isTimeline() {
    return this.calendar.getOption("view") === FORUM;
  }

  showDay(day) {
    this.config.day = day;
    this.calendar.setOption("view", DAY);
    this.calendar.setOption("date", day);
    this.show(this.draft.state, []);
  }

  showForum() {
    this.calendar.setOption("view", FORUM);
    this.calendar.setOption("date", this.config.days[0].date);
    this.show(this.draft.state, []);
  }

  filter(track) {
    this.track = track;
    this.show(this.draft.state, []);
  }

  show(state, news) {
    if (!state) return;
    for (const id of news) this.news.add(id);
    if (news.length) setTimeout(() => this.growOld(news), NEWS);
    const focused = document.activeElement;
    const id = this.element.contains(focused) && Number(focused.dataset.id);
    this.calendar.setOption("resources", this.resources(state));
    this.calendar.setOption("events", [...this.background(state), ...this.events(state)]);
    // Drawn anew, it has lost the focus: the calendar draws in a task of its own, before this one.
    if (id) queueMicrotask(() => this.focus(id));
  }

  growOld(news) {
    for (const id of news) this.news.delete(id);
    if (!this.draft.held) this.show(this.draft.state, []);
  }

  resources(state) {
    const rooms = this.config.rooms.map((room) => ({ id: String(room.id), title: room.title }));
    const homeless = state.sessions.some((session) => session.start && session.room === null);
    if (homeless || !rooms.length) rooms.push({ id: NO_ROOM, title: this.config.words.noRoom });
    return rooms;
  }

  events(state) {
    const shown = state.sessions.filter((session) => this.isShown(this.placeNow(session)));
    return shown.map((session) => this.event(session));
  }

  placeNow(session) {
    return this.moved.get(session.id) ?? session;
  }

  event(session) {
    const place = this.placeNow(session);
    const isOther = this.track !== "" && session.track !== this.track;
    const classes = isOther ? ["is-other"] : [];
    if (this.news.has(session.id)) classes.push("is-news");
    return {
      id: session.id,
      start: place.start,
      end: place.end,
      resourceIds: [place.room === null ? NO_ROOM : String(place.room)],
      title: session.title,
      editable: !isOther,
      classNames: classes,
    };
  }

  // Show one session elsewhere than the draft has it; nothing else is drawn anew.
  shift(id, place) {
    this.moved.set(id, place);
    this.calendar.updateEvent(this.event(this.draft.sessions.get(id)));
    queueMicrotask(() => this.focus(id));
  }

  // A calendar of one day need not know the others: it draws everything anew with each arrow.
  isShown(place) {
    const { day } = this.config;
    if (!place.start) return false;
    return this.isTimeline || (dayOf(place.start) <= day && place.end > `${day}T00:00`);
  }

  // What stands behind the sessions: closed hours, and what others have taken.
  background(state) {
    const all = [...this.config.rooms.map((room) => String(room.id)), NO_ROOM];
    const shade = (start, end, rooms, name, text = "") => ({
      start,
      end,
      resourceIds: rooms,
      display: "background",
      classNames: [name],
      extendedProps: { text },
    });
    const closed = Object.entries(this.config.hours).flatMap(([day, [opens, closes]]) => [
      shade(`${day}T00:00`, `${day}T${opens}`, all, "is-closed"),
      shade(`${day}T${closes}`, `${day}T24:00`, all, "is-closed"),
    ]);
    const { taken } = this.config.words;
    return [
      ...closed,
      ...state.taken.map((one) => shade(one.start, one.end, [String(one.room)], "is-taken", taken)),
    ];
  }

  content(event) {
    if (event.display === "background") {
      if (!event.extendedProps.text) return { domNodes: [] };
      const word = document.createElement("p");
      word.className = "taken-word";
      word.textContent = event.extendedProps.text;
      return { domNodes: [word] };
    }
    const session = this.draft.sessions.get(Number(event.id));
    if (!session) return { domNodes: [] };
    const clashes = this.draft.clashesOf(session.id);
    return {
      domNodes: [drawBlock(session, clashes, this.config.words, ofDate(event.start), ofDate(event.end))],
    };
  }

  focus(id) {
    this.element.querySelector(`.ec-event:not(.ec-preview, .ec-ghost) .block[data-id="${id}"]`)?.focus();
  }

  placeOf(event) {
    const [room] = event.resourceIds;
    return {
      start: ofDate(event.start),
      end: ofDate(event.end),
      room: room === NO_ROOM || room === undefined ? null : Number(room),
    };
  }

  grip() {
    this.wasDragged = true;
    this.draft.hold();
  }

  clicked(event) {
    const block = event.target.closest(".block");
    // The end of a drag is a click as well.
    if (block && !this.wasDragged) this.panel.open(Number(block.dataset.id));
  }

  // Called before dropped(), and also when nothing was moved.
  letGo({ event, jsEvent }) {
    const id = Number(event.id);
    this.intoTray = this.overTray?.(jsEvent) ? id : null;
    if (this.intoTray) this.put(id, { start: null, end: null, room: this.placeOf(event).room });
    this.open();
  }

  // Open the hand, after what the calendar still does with this event.
  open() {
    this.stopPreview();
    setTimeout(() => {
      this.wasDragged = false;
      this.draft.release();
    });
  }

  dropped({ event }) {
    if (this.intoTray) this.intoTray = null;
    else this.put(Number(event.id), this.placeOf(event));
  }

  // Show a session at another place and tell the server, which decides; what it refuses is put back.
  async put(id, place) {
    this.draft.hold();
    this.moved.set(id, place);
    this.show(this.draft.state, []);
    const isDone = await this.draft.place(id, place, (html) => this.panel.showHtml(html));
    this.moved.delete(id);
    this.show(this.draft.state, []);
    this.draft.release();
    return isDone;
  }

  // --- what would clash ---

  hovers(event, jsEvent) {
    if (jsEvent && this.markTray) this.markTray(jsEvent);
    this.preview(Number(event.id), this.placeOf(event));
    return true;
  }

  preview(id, place) {
    const key = `${id} ${place.start} ${place.end} ${place.room}`;
    if (key === this.previewed) return;
    this.previewed = key;
    clearTimeout(this.previewTimer);
    this.asking?.abort();
    this.previewTimer = setTimeout(async () => {
      this.asking = new AbortController();
      const clashes = await this.draft.preview(id, place, this.asking.signal);
      if (clashes && this.previewed === key) this.showPreview(clashes);
    }, PREVIEW);
  }

  showPreview(clashes) {
    this.element.dataset.preview = worst(clashes);
    const { words } = this.config;
    const said = clashes.map((clash) => `${words[clash.severity]}: ${clash.subject}. ${clash.sentence}`);
    this.draft.say(said.join(" ") || words.noClash);
  }

  stopPreview() {
    clearTimeout(this.previewTimer);
    this.asking?.abort();
    this.previewed = "";
    delete this.element.dataset.preview;
    this.markTray?.(null);
  }

  // Where a point of the window is in the calendar: {start, room}, or null.
  pointAt(x, y) {
    const found = this.calendar.dateFromPoint(x, y);
    if (!found?.resource) return null;
    const room = found.resource.id === NO_ROOM ? null : Number(found.resource.id);
    return { start: ofDate(found.date), room };
  }
}
