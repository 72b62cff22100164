// The form to register shows the questions that fit what was chosen so far, and says which chosen sessions
// are at the same time. Without this file all questions are there, each with whom it is for; the server
// reads those that were put to the person and no others.
const form = document.getElementById("registration");
const questions = form.querySelector("[data-questions]");
const seats = form.querySelector("[data-seats]");

const chosenType = () => form.querySelector("[name=type]:checked, [name=type][type=hidden]")?.value;

// What is chosen in questions that are put to her: follow-ups of hidden answers stay away.
const chosenIn = (question) =>
  [...question.querySelectorAll("input:checked, select")].map((control) => control.value);

const fit = () => {
  const type = chosenType();
  const chosen = new Set();
  for (const group of questions.querySelectorAll(".question-group")) {
    const types = group.dataset.types?.split(" ");
    const asked = !types || types.includes(type);
    let shown = 0;
    for (const question of group.querySelectorAll(".question")) {
      const after = question.dataset.after?.split(" ");
      question.hidden = !asked || (after !== undefined && !after.some((option) => chosen.has(option)));
      if (question.hidden) continue;
      shown += 1;
      for (const option of chosenIn(question)) chosen.add(option);
    }
    group.hidden = shown === 0;
  }
  questions.hidden = !questions.querySelector(".question:not([hidden])");
};

const clash = () => {
  const boxes = [...seats.querySelectorAll(".choice")];
  const chosen = boxes.filter((box) => box.querySelector("input").checked);
  for (const box of boxes) {
    box.querySelector(".clash")?.remove();
    if (!chosen.includes(box)) continue;
    const others = chosen.filter(
      (other) =>
        other !== box &&
        new Date(other.dataset.starts) < new Date(box.dataset.ends) &&
        new Date(box.dataset.starts) < new Date(other.dataset.ends),
    );
    if (!others.length) continue;
    const note = document.createElement("small");
    note.className = "clash";
    const titles = others.map((other) => other.querySelector("[data-title]").textContent.trim());
    note.textContent = `${seats.dataset.clash} ${titles.join(", ")}`;
    box.append(note);
  }
};

if (questions) {
  // Said by being there: no need to say for whom, as long as only the fitting ones are shown.
  for (const note of questions.querySelectorAll("[data-says-whom]")) note.hidden = true;
  form.addEventListener("change", fit);
  // The browser may have filled in what was chosen before, after this ran.
  addEventListener("pageshow", fit);
  fit();
}
if (seats) {
  seats.addEventListener("change", clash);
  addEventListener("pageshow", clash);
  clash();
}
