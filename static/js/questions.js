// Questions and answers of a forum: rows are added and moved here. Without this file two empty rows wait at
// the end, and the number before each row says where it stands.
const start = (list) => {
  const rows = list.querySelector("[data-rows]");
  const pattern = list.querySelector("template");
  const total = list.querySelector("[name$=TOTAL_FORMS]");
  const said = list.querySelector("[data-said]");
  const all = () => [...rows.children];

  const number = () => {
    for (const [index, row] of all().entries()) {
      for (const place of row.querySelectorAll("[data-number]")) place.textContent = index + 1;
      row.querySelector("[name$=ORDER]").value = index + 1;
      row.querySelector("[data-up]").disabled = index === 0;
      row.querySelector("[data-down]").disabled = index === rows.children.length - 1;
    }
  };

  const move = (row, button, other, where) => {
    other[where](row);
    number();
    (button.disabled ? row.querySelector("[data-up]:enabled, [data-down]:enabled") : button)?.focus();
    said.textContent = said.dataset.moved.replace("{number}", all().indexOf(row) + 1);
  };

  const show = (row) => {
    for (const button of row.querySelectorAll("[data-up], [data-down]")) button.hidden = false;
    row.querySelector(".place").hidden = true;
  };

  rows.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-up], [data-down]");
    const row = button?.closest("[data-row]");
    if (!row) return;
    if ("up" in button.dataset) move(row, button, row.previousElementSibling, "before");
    else move(row, button, row.nextElementSibling, "after");
  });

  const add = list.querySelector("[data-add]");
  add.hidden = false;
  add.addEventListener("click", () => {
    const row = document.createElement("template");
    row.innerHTML = pattern.innerHTML.replaceAll("__prefix__", total.value);
    rows.append(row.content);
    total.value = Number(total.value) + 1;
    show(rows.lastElementChild);
    number();
    rows.lastElementChild.querySelector("details").open = true;
    rows.lastElementChild.querySelector("details input").focus();
  });

  all().forEach(show);
  number();
};

for (const list of document.querySelectorAll("[data-questions]")) start(list);
