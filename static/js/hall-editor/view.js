// Which part of the hall is seen, and how large. The view is the drawing's viewBox, in centimetres.
const LARGEST = 20;
const STEP = 1.3;

export class View {
  constructor(svg, plan, changed) {
    this.svg = svg;
    this.plan = plan;
    this.changed = changed;
    const [x, y, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    this.whole = { x, y, width, height };
    this.now = { ...this.whole };
    new ResizeObserver(() => changed()).observe(svg);
  }

  // How many centimetres a pixel is.
  get unit() {
    const { width, height } = this.svg.getBoundingClientRect();
    return Math.max(this.now.width / (width || 1), this.now.height / (height || 1));
  }

  get zoom() {
    return this.whole.width / this.now.width;
  }

  pointAt(event) {
    const point = new DOMPoint(event.clientX, event.clientY);
    const { x, y } = point.matrixTransform(this.svg.getScreenCTM().inverse());
    return [Math.round(x), Math.round(y)];
  }

  get middle() {
    const { x, y, width, height } = this.now;
    return [x + width / 2, y + height / 2];
  }

  by(factor, at = this.middle) {
    const zoom = Math.min(LARGEST, Math.max(1, this.zoom * factor));
    const width = this.whole.width / zoom;
    const height = this.whole.height / zoom;
    const [x, y] = at;
    this.show({
      x: x - ((x - this.now.x) * width) / this.now.width,
      y: y - ((y - this.now.y) * height) / this.now.height,
      width,
      height,
    });
  }

  larger(at) {
    this.by(STEP, at);
  }

  smaller(at) {
    this.by(1 / STEP, at);
  }

  all() {
    this.show({ ...this.whole });
  }

  pan(dx, dy) {
    this.show({ ...this.now, x: this.now.x + dx, y: this.now.y + dy });
  }

  show(next) {
    const within = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most));
    const { whole } = this;
    next.x = within(next.x, whole.x, whole.x + whole.width - next.width);
    next.y = within(next.y, whole.y, whole.y + whole.height - next.height);
    this.now = next;
    this.svg.setAttribute("viewBox", `${next.x} ${next.y} ${next.width} ${next.height}`);
    this.changed();
  }

  // Bring a box into sight, if it is not.
  reveal([left, top, right, bottom]) {
    const { x, y, width, height } = this.now;
    const isSeen = left >= x && top >= y && right <= x + width && bottom <= y + height;
    if (!isSeen) this.show({ ...this.now, x: (left + right - width) / 2, y: (top + bottom - height) / 2 });
  }
}
