// Forms marked data-send go to the server without leaving the page. Without this script they are plain forms.
export function watchForms(planner, draft, panel) {
  planner.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-send]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.busy) return; // pressed twice
    form.dataset.busy = "true";
    const isInPanel = panel.place.contains(form);
    const values = new FormData(form, event.submitter);
    const done = await draft.send(form.action, values, (html) => panel.showHtml(html));
    delete form.dataset.busy;
    if (!done || !isInPanel || !form.isConnected) return;
    const section = form.closest("[data-session]");
    if ("closeAfter" in form.dataset || !section) panel.close();
    else panel.open(Number(section.dataset.session));
  });

  draft.listen((state) => {
    let lostFocus = false;
    for (const form of planner.querySelectorAll("[data-step]")) {
      const step = state[form.dataset.step];
      const button = form.querySelector("button");
      const hadFocus = document.activeElement === button;
      form.elements.step.value = step?.step ?? "";
      button.disabled = !step;
      button.title = step ? `${button.dataset.word}: ${step.label}` : "";
      button.querySelector("[data-step-label]").textContent = step ? `: ${step.label}` : "";
      lostFocus ||= hadFocus && !step;
    }
    // A disabled button loses the focus to nowhere: the other one does what comes next.
    if (lostFocus) {
      const other = planner.querySelector("[data-step] button:enabled");
      (other ?? planner.querySelector("[data-board]")).focus();
    }
  });
}
