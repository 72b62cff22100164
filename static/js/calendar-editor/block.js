// One session as a block, a button: weave and colour of its track, time, title, what clashes. Words are for
// everybody: whoever does not see the colour reads the track's name, and a clash is an icon with its sentence.
import { clock, minutesBetween } from "./times.js";

const SHORT = 30; // minutes: a block with room for one line

function part(name, text = "", tag = "span") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

// How bad the worst of some clashes is: "blocking", "warning", "accepted" or "".
export function worst(clashes) {
  if (clashes.some((clash) => clash.severity === "blocking")) return "blocking";
  if (clashes.some((clash) => !clash.accepted)) return "warning";
  return clashes.length ? "accepted" : "";
}

function mark(clashes, words) {
  const severity = worst(clashes);
  const element = part("block-mark");
  element.append(icon(severity === "accepted" ? "check" : "alert"));
  const said = clashes.map((clash) => {
    const word = clash.accepted ? words.acceptedWarning : words[clash.severity];
    return `${word}: ${clash.subject}, ${clash.sentence}`;
  });
  element.append(part("vh", ` ${said.join(" ")}`));
  element.title = said.join("\n");
  return element;
}

// session as the draft has it; start and end may be others while it is being moved.
export function drawBlock(session, clashes, words, start = session.start, end = session.end) {
  const block = part("block", "", "button");
  block.type = "button";
  block.dataset.id = session.id;
  block.dataset.track = session.weave;
  block.dataset.state = session.state;
  if (start && minutesBetween(start, end) <= SHORT) block.dataset.short = "";
  const severity = worst(clashes);
  if (severity) block.dataset.clash = severity;
  const text = part("block-text");
  if (start) text.append(part("block-time", `${clock(start)}–${clock(end)}`), " ");
  else text.append(part("block-time", words.minutes.replace("{minutes}", session.minutes)), " ");
  if (severity) text.append(mark(clashes, words), " ");
  const title = part("block-title", session.title);
  title.lang = session.language;
  const more = [session.stateName, session.shownTo, session.people.join(", ")].filter(Boolean).join(" · ");
  text.append(title, " ", part("block-more", more));
  text.append(part("vh", ` ${[session.trackName, session.where].filter(Boolean).join(", ")}`));
  block.append(part("block-weave"), text);
  return block;
}
