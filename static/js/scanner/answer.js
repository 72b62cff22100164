// The answer to a scan, for eye, ear and hand: colour, sign, words, sound and tremor.
const screen = document.querySelector("[data-answer]");
const part = (name) => screen.querySelector(`[data-answer-${name}]`);
// Frequency in hertz, beginning and length in seconds.
const SOUNDS = {
  go: [[880, 0, 0.09], [1320, 0.1, 0.14]],
  look: [[660, 0, 0.12], [660, 0.2, 0.12]],
  stop: [[180, 0, 0.28], [140, 0.3, 0.4]],
};
const TREMORS = { go: [60], look: [70, 70, 70], stop: [350] };
// Whoever may pass is gone in a moment; everything else stays until it was read.
const PASSING = 2200;
let speaker = null;
let timer = null;
let before = null;

// Browsers let a page sound only after it was touched.
export function wakeSound() {
  speaker ??= globalThis.AudioContext ? new AudioContext() : null;
  if (speaker?.state === "suspended") speaker.resume().catch(() => {});
}

function sound(tone) {
  if (speaker?.state !== "running") return;
  for (const [frequency, begin, length] of SOUNDS[tone]) {
    const voice = speaker.createOscillator();
    const volume = speaker.createGain();
    const start = speaker.currentTime + begin;
    voice.type = tone === "stop" ? "square" : "sine";
    voice.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(0.4, start + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + length);
    voice.connect(volume).connect(speaker.destination);
    voice.start(start);
    voice.stop(start + length);
  }
}

export const isShown = () => !screen.hidden;

// `said` is { tone, word, name, more, advice, stays }: what stays waits for a touch.
export function show(said) {
  clearTimeout(timer);
  if (screen.hidden) before = document.activeElement;
  screen.dataset.tone = said.tone;
  part("sign").setAttribute("href", `#i-${said.tone}`);
  for (const name of ["word", "name", "more", "advice"]) part(name).textContent = said[name] ?? "";
  screen.hidden = false;
  screen.scrollTop = 0;
  // The focus goes to the button, so that Enter, which scanners type, goes on.
  screen.querySelector("[data-next]").focus({ preventScroll: true });
  sound(said.tone);
  navigator.vibrate?.(TREMORS[said.tone]);
  if (said.tone === "go" && !said.stays) timer = setTimeout(hide, PASSING);
}

export function hide() {
  clearTimeout(timer);
  if (screen.hidden) return;
  screen.hidden = true;
  before?.focus?.({ preventScroll: true });
}

screen.querySelector("[data-next]").addEventListener("click", hide);
addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
