// Looks closer at the plan of a hall. Without this the plan is as wide as its frame, and scrolls where that
// is narrow; zooming only makes the drawing wider, so that panning stays the browser's own scrolling: a
// finger, the wheel, the arrow keys.
//
// .plan holds the svg; .plan-tools [data-zoom] are its buttons, hidden until this runs.
const LARGEST = 8;
const STEP = 1.4;
// How many pixels wide a booth is on the screen when words in it can be read, and how wide it may become.
const READABLE = 90;
const LARGE = 240;
// A drag begins when the mouse has moved so many pixels; less is a click on a booth.
const SLACK = 5;

function distance(touches) {
  return Math.hypot(touches[0].clientX - touches[1].clientX, touches[0].clientY - touches[1].clientY);
}

function middle(touches) {
  return { x: (touches[0].clientX + touches[1].clientX) / 2, y: (touches[0].clientY + touches[1].clientY) / 2 };
}

function enhance(plan) {
  const drawing = plan.querySelector("svg");
  const side = Number(drawing.dataset.near);
  let zoom = 1;
  plan.classList.add("is-zoomable");

  // How wide a small booth is on the screen.
  const boothNow = () => (side * drawing.getBoundingClientRect().width) / (drawing.viewBox.baseVal.width || 1);

  function showWords() {
    plan.classList.toggle("is-near", boothNow() >= READABLE);
  }

  // A hall of thousands may be looked at from nearer than a small one.
  function nearest() {
    return Math.max(LARGEST, (LARGE * zoom) / (boothNow() || LARGE));
  }

  // Make the drawing so much larger; what lies at the point of the window stays there.
  function zoomTo(wanted, point) {
    const next = Math.min(nearest(), Math.max(1, wanted));
    const frame = plan.getBoundingClientRect();
    const at = point ?? { x: frame.left + plan.clientWidth / 2, y: frame.top + plan.clientHeight / 2 };
    const before = drawing.getBoundingClientRect();
    const share = { x: (at.x - before.left) / before.width, y: (at.y - before.top) / before.height };
    zoom = next;
    drawing.style.setProperty("--zoom", next);
    plan.classList.toggle("is-larger", next > 1);
    showWords();
    const after = drawing.getBoundingClientRect();
    plan.scrollLeft += after.left + share.x * after.width - at.x;
    plan.scrollTop += after.top + share.y * after.height - at.y;
  }

  plan.addEventListener(
    "wheel",
    (event) => {
      // Trackpads report two fingers as the wheel with Ctrl. The wheel alone goes on scrolling the page.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomTo(zoom * STEP ** (-event.deltaY / 100), { x: event.clientX, y: event.clientY });
    },
    { passive: false },
  );

  plan.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const wanted = { "+": zoom * STEP, "=": zoom * STEP, "-": zoom / STEP, 0: 1 }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    zoomTo(wanted);
  });

  let fingers = 0;
  plan.addEventListener(
    "touchmove",
    (event) => {
      if (event.touches.length !== 2) return;
      event.preventDefault();
      const now = distance(event.touches);
      if (fingers) zoomTo((zoom * now) / fingers, middle(event.touches));
      fingers = now;
    },
    { passive: false },
  );
  for (const name of ["touchend", "touchcancel"]) plan.addEventListener(name, () => (fingers = 0));

  let drag = null;
  plan.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    drag = { x: event.clientX, y: event.clientY, left: plan.scrollLeft, top: plan.scrollTop, moved: false };
  });
  window.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const x = event.clientX - drag.x;
    const y = event.clientY - drag.y;
    drag.moved ||= Math.hypot(x, y) > SLACK;
    if (!drag.moved) return;
    plan.classList.add("is-dragged");
    plan.scrollLeft = drag.left - x;
    plan.scrollTop = drag.top - y;
  });
  window.addEventListener("pointerup", () => {
    plan.classList.remove("is-dragged");
    const moved = drag?.moved;
    drag = null;
    if (!moved) return;
    // The click that ends a drag comes after this, if at all, and before anything else.
    const swallow = (event) => event.preventDefault();
    plan.addEventListener("click", swallow, { capture: true });
    setTimeout(() => plan.removeEventListener("click", swallow, { capture: true }));
  });
  // A link is not carried away by a drag that begins on it.
  drawing.addEventListener("dragstart", (event) => event.preventDefault());

  new ResizeObserver(showWords).observe(drawing);

  const tools = document.querySelector(`.plan-tools:has([aria-controls="${plan.id}"])`);
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) zoomTo({ in: zoom * STEP, out: zoom / STEP, whole: 1 }[button.dataset.zoom]);
  });
}

for (const plan of document.querySelectorAll(".plan")) enhance(plan);
