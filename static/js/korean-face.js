// The Korean face comes in 120 slices of which a page needs about twenty. A browser left alone would lay
// the page out anew at the arrival of each; here they are fetched together when the page is there, and put
// to use at once. Until then, and for readers who save data, the device's own Korean face stands in.
const link = document.querySelector("link[data-korean-face]");
const FACE = '1em "Noto Sans KR Variable"';
const KNOWN = "korean-face";

function remembered() {
  try {
    return sessionStorage.getItem(KNOWN) !== null;
  } catch {
    return false; // storage is forbidden: fetched anew, nothing else
  }
}

function remember() {
  try {
    sessionStorage.setItem(KNOWN, "1");
  } catch {
    // see above
  }
}

async function apply() {
  link.media = "all";
  const letters = [...new Set(document.body.textContent)].filter((letter) => letter >= "\u1100");
  // A slice that does not arrive leaves the device's face in place, never a mixture of both.
  await document.fonts.load(FACE, letters.join(""));
  document.documentElement.classList.add("korean-face");
  remember();
}

// Without network the device's own face stays.
function tryToApply() {
  apply().catch(() => {});
}

if (link && !navigator.connection?.saveData) {
  // On the first page it waits its turn; later the slices are in the browser's cache.
  if (remembered() || document.readyState === "complete") tryToApply();
  else addEventListener("load", () => setTimeout(tryToApply));
}
