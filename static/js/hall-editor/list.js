// Everything in the hall as a list with ticks: the same choice as in the drawing.
export class List {
  constructor(root, editor) {
    this.root = root;
    this.editor = editor;
    this.places = { booth: root.querySelector("[data-booths]"), part: root.querySelector("[data-parts]") };
    this.lines = new Map();
    for (const line of root.querySelectorAll("[data-thing]")) line.remove();
    root.addEventListener("change", (event) => {
      if (event.target.name !== "item") return;
      const boxes = [...root.querySelectorAll("[name=item]:checked")];
      editor.plan.choose(boxes.map((box) => box.value));
    });
  }

  // A closed list costs nothing.
  show() {
    const { plan, words } = this.editor;
    if (!this.root.querySelector("[data-list]").open) return;
    for (const [key, line] of this.lines) {
      if (plan.items.has(key)) continue;
      line.row.remove();
      this.lines.delete(key);
    }
    const places = { booth: 0, part: 0 };
    for (const item of plan.inOrder()) {
      const line = this.lines.get(item.key) ?? this.add(item.key);
      const who = plan.booked.get(item.key) ?? "";
      if (line.item !== item || line.who !== who) {
        Object.assign(line, { item, who });
        line.name.textContent = words.called(item);
        line.place.textContent = [words.place(item), who].filter(Boolean).join(" · ");
      }
      line.box.checked = plan.chosen.has(item.key);
      const kind = item.kind === "booth" ? "booth" : "part";
      const there = this.places[kind].children[places[kind]];
      if (there !== line.row) this.places[kind].insertBefore(line.row, there ?? null);
      places[kind] += 1;
    }
  }

  add(key) {
    const row = document.createElement("li");
    const label = document.createElement("label");
    const box = document.createElement("input");
    const name = document.createElement("strong");
    const place = document.createElement("span");
    box.type = "checkbox";
    box.name = "item";
    box.value = key;
    place.className = "quiet";
    label.append(box, " ", name);
    row.append(label, " ", place);
    const line = { row, box, name, place };
    this.lines.set(key, line);
    return line;
  }
}
