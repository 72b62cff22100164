// A mail to a group: counts whom it reaches while the filters are chosen, and shows how many mails have
// gone. Without this module the page has a button to count, and is opened again to see the numbers.
const PAUSE_MS = 600;
const LOOK_AGAIN_MS = 3000;

const form = document.querySelector("form[data-count]");
const audience = document.querySelector("#audience");
if (form && audience) {
  let timer = 0;
  let latest = 0;
  const count = async () => {
    const mine = ++latest;
    try {
      const answer = await fetch(form.dataset.count, { method: "POST", body: new FormData(form) });
      const told = answer.ok ? await answer.text() : "";
      // Answers may overtake each other: only the last question counts.
      if (told && mine === latest) audience.innerHTML = told;
    } catch {
      // Without network the button is still there.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(count, PAUSE_MS);
  });
}

const numbers = document.querySelector("[data-numbers]");
const look = async () => {
  if (!numbers.querySelector("[data-moving]")) return;
  if (!document.hidden) {
    try {
      const answer = await fetch(numbers.dataset.numbers);
      if (answer.ok) numbers.innerHTML = await answer.text();
      // With the last mail the words and the buttons around the numbers change too.
      if (answer.ok && !numbers.querySelector("[data-moving]")) location.reload();
    } catch {
      // Asked again below.
    }
  }
  setTimeout(look, LOOK_AGAIN_MS);
};
if (numbers) setTimeout(look, LOOK_AGAIN_MS);
