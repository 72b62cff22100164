// A long list of people is registered some hundred at a time: the page goes on by itself until all are.
// Without this file the button is pressed once more for each go.

const PAUSE_MS = 400;

const going = document.querySelector("[data-goes-on]");
if (going) {
  const next = document.querySelector('#import button[name="seen"]');
  const stop = going.querySelector("button");
  const timer = setTimeout(() => next.click(), PAUSE_MS);
  stop.hidden = false;
  stop.addEventListener("click", () => {
    clearTimeout(timer);
    going.hidden = true;
  });
}
