// The draft as this page knows it: kept up to date, told to whoever listens, changed through the server.
import { addressOf, ask, fragment, tell } from "./server.js";

const PAUSE = 2500; // milliseconds between two questions for news
const LONG_PAUSE = 10000; // while the server does not answer

export class Draft {
  constructor(planner, config) {
    this.planner = planner;
    this.config = config;
    this.words = config.words;
    this.state = null;
    this.sessions = new Map();
    this.listeners = [];
    // While somebody holds a block, news wait: it must not move away under the hand.
    this.held = 0;
    this.waiting = null;
    this.status = planner.querySelector("[data-said]");
    this.alarm = planner.querySelector("[data-alarm]");
    this.timer = 0;
  }

  // listener(state, news): news are ids of sessions that others changed since the last time.
  listen(listener) {
    this.listeners.push(listener);
    if (this.state) listener(this.state, []);
  }

  // On a phone the forms of the table are folded away, so that the day can be looked through.
  fold() {
    if (matchMedia("(min-width: 48rem)").matches) return;
    for (const details of this.planner.querySelectorAll(".move")) details.open = false;
  }

  begin() {
    this.fold();
    document.addEventListener("visibilitychange", () => {
      clearTimeout(this.timer);
      if (!document.hidden) this.look();
    });
    this.look();
  }

  // Ask for news, now and then again and again while the page is seen.
  async look() {
    clearTimeout(this.timer);
    const since = this.state?.revision ?? "";
    const answer = await ask(this.config.urls.state, { since });
    if (answer.state && answer.status === 200) this.take(answer.state);
    if (answer.status === 0) this.say(this.words.offline);
    else if (this.wasAway) this.say("");
    this.wasAway = answer.status === 0;
    clearTimeout(this.timer);
    if (!document.hidden) this.timer = setTimeout(() => this.look(), this.wasAway ? LONG_PAUSE : PAUSE);
  }

  hold() {
    this.held += 1;
  }

  release() {
    this.held = Math.max(0, this.held - 1);
    if (!this.held && this.waiting) this.take(this.waiting);
  }

  // Make a state the page's. ours: this page changed it itself, so nothing in it is news.
  take(state, ours = false) {
    if (this.held && !ours) {
      this.waiting = state;
      return;
    }
    this.waiting = null;
    if (this.state && state.revision < this.state.revision) return;
    const before = this.sessions;
    const isFirst = this.state === null;
    this.state = state;
    this.sessions = new Map(state.sessions.map((session) => [session.id, session]));
    const news = [];
    if (!isFirst && !ours) {
      for (const session of state.sessions) {
        if (before.get(session.id)?.version !== session.version) news.push(session.id);
      }
    }
    for (const listener of this.listeners) listener(state, news);
    if (news.length) {
      const titles = news.map((id) => this.sessions.get(id).title).join(", ");
      this.say(this.words.appeared.replace("{titles}", titles));
    }
    if (!isFirst) this.showParts();
  }

  // Draw everything again as the draft is: puts back a block that was moved in vain.
  redraw() {
    for (const listener of this.listeners) listener(this.state, []);
  }

  // Send a form. True when it was done; otherwise it says why, and hands a fragment to onHtml.
  async send(url, form, onHtml = undefined) {
    this.say(this.words.saving);
    this.warn("");
    const answer = await tell(url, form);
    if (answer.status === 200 && answer.state) {
      this.say(answer.said || this.words.saved);
      this.take(answer.state, true);
      return true;
    }
    this.say("");
    if (answer.html && onHtml) onHtml(answer.html);
    if (answer.said || !answer.html) this.warn(answer.said || this.words.failed);
    this.redraw();
    this.look();
    return false;
  }

  // Put a session at another place: {start, end, room}, moments on the forum's clock, null for none.
  place(id, place, onHtml) {
    const form = new FormData();
    form.set("version", this.sessions.get(id).version);
    form.set("starts", place.start ?? "");
    form.set("ends", place.end ?? "");
    form.set("room", place.room ?? "");
    return this.send(addressOf(this.config.urls.place, id), form, onHtml);
  }

  // Ask which clashes a session would have at another place; null when that cannot be told.
  async preview(id, place, signal) {
    const { version } = this.sessions.get(id);
    const values = { version, starts: place.start, ends: place.end, room: place.room };
    const answer = await ask(addressOf(this.config.urls.preview, id), values, signal);
    return answer.clashes ?? (answer.said ? [{ severity: "blocking", subject: "", sentence: answer.said }] : null);
  }

  clashesOf(id) {
    return this.state.clashes.filter((clash) => clash.sessions.includes(id));
  }

  say(sentence) {
    this.status.textContent = sentence;
  }

  warn(sentence) {
    this.alarm.textContent = sentence;
  }

  // The table of the day and the list of warnings come from the server as they are without script.
  async showParts() {
    const number = (this.partsAsked = (this.partsAsked ?? 0) + 1);
    const url = new URL(this.config.urls.day, location.href);
    url.searchParams.set("day", this.config.day);
    url.searchParams.set("track", this.config.track);
    const page = await fragment(url).catch(() => null);
    if (!page || number !== this.partsAsked) return;
    for (const part of this.planner.querySelectorAll("[data-part]")) {
      // Somebody types in it: the next change brings it up to date.
      if (part.contains(document.activeElement) && document.activeElement.matches("input, select")) continue;
      const newer = page.querySelector(`[data-part="${part.dataset.part}"]`);
      if (newer) part.replaceChildren(...newer.childNodes);
    }
    this.fold();
    const count = page.querySelector("[data-count]");
    if (count) this.planner.querySelector("[data-count]").textContent = count.textContent;
  }
}
