// What the staff tick and write about a visitor: rating, tags, quick questions, a note.

export function showNotes(form, is) {
  form.hidden = !is;
}

export function clearNotes(form) {
  form.reset();
  form.querySelector("[data-noted]").textContent = "";
}

const inputsOf = (form, name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];

function tick(form, name, values) {
  for (const input of inputsOf(form, name)) input.checked = values.includes(input.value);
}

// `told` is { rating, tags, answers, note }; tags may be a list or a line.
export function fillNotes(form, told) {
  tick(form, "rating", [String(told.rating ?? "")]);
  const tags = Array.isArray(told.tags) ? told.tags : (told.tags ?? "").split(",").map((tag) => tag.trim());
  const known = inputsOf(form, "tag").map((input) => input.value);
  tick(form, "tag", tags);
  form.elements.tags.value = tags.filter((tag) => tag && !known.includes(tag)).join(", ");
  for (const [question, values] of Object.entries(told.answers ?? {})) tick(form, `question-${question}`, values);
  form.elements.note.value = told.note ?? "";
}

export function readNotes(form) {
  const data = new FormData(form);
  const answers = {};
  for (const group of form.querySelectorAll("[data-question]")) {
    answers[group.dataset.question] = data.getAll(`question-${group.dataset.question}`);
  }
  return {
    rating: data.get("rating") ? Number(data.get("rating")) : null,
    tags: [...data.getAll("tag"), data.get("tags")].filter(Boolean).join(", "),
    answers,
    note: data.get("note") ?? "",
  };
}
