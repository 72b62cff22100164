// People whose name, organization or code is being typed, to be chosen with a finger.
import { find } from "./lists.js";
import { ROW } from "./rules.js";

const shown = document.querySelector("[data-found]");
const said = document.querySelector("[data-found-said]");
const pattern = document.getElementById("gate-person");

function entry(row, choose) {
  const item = pattern.content.cloneNode(true);
  item.querySelector("strong").textContent = row[ROW.name];
  item.querySelector("span").textContent = [row[ROW.organization], row[ROW.code]].filter(Boolean).join(" · ");
  item.querySelector("button").addEventListener("click", () => choose(row));
  return item;
}

function remark(text) {
  const item = document.createElement("li");
  item.className = "gate-none";
  item.textContent = text;
  return item;
}

// Without a list nothing is shown.
export function showFound(list, words, choose, text = "") {
  shown.hidden = !list || text.trim().length < 2;
  if (shown.hidden) {
    shown.replaceChildren();
    said.textContent = "";
    return;
  }
  const { people, more } = find(list, text);
  shown.replaceChildren(...people.map((row) => entry(row, choose)));
  if (!people.length) shown.append(remark(words.nobody));
  if (more) shown.append(remark(words.more));
  said.textContent = people.length ? String(people.length) : words.nobody;
}
