// Shapes as exhibitors/geometry.py stores them: {x, y, width, depth, turn} or {corners: [[x, y], …]}, in whole
// centimetres, y downwards. Pure functions; the server has the last word about what overlaps.

export const isPolygon = (shape) => "corners" in shape;

export function cornersOf(shape) {
  if (isPolygon(shape)) return shape.corners;
  const { x, y, width, depth, turn = 0 } = shape;
  const upright = [
    [x, y],
    [x + width, y],
    [x + width, y + depth],
    [x, y + depth],
  ];
  return turn % 360 === 0 ? upright : upright.map((corner) => turnedPoint(corner, middleOf(shape), turn));
}

export function turnedPoint([x, y], [middleX, middleY], degrees) {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  return [
    Math.round(middleX + (x - middleX) * cos - (y - middleY) * sin),
    Math.round(middleY + (x - middleX) * sin + (y - middleY) * cos),
  ];
}

// The smallest upright rectangle around it: [left, top, right, bottom].
export function boxOf(shape) {
  const corners = cornersOf(shape);
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

export function middleOf(shape) {
  if (!isPolygon(shape)) return [shape.x + shape.width / 2, shape.y + shape.depth / 2];
  const [left, top, right, bottom] = boxOf(shape);
  return [(left + right) / 2, (top + bottom) / 2];
}

// Where its name stands: the middle of its area, which for an angle may lie outside; the hall's own drawing
// does better, and is what visitors see.
export function labelOf(shape) {
  if (!isPolygon(shape)) return middleOf(shape);
  const corners = shape.corners;
  let area = 0;
  let x = 0;
  let y = 0;
  corners.forEach(([x1, y1], place) => {
    const [x2, y2] = corners[(place + 1) % corners.length];
    const cross = x1 * y2 - x2 * y1;
    area += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  });
  return area ? [x / (3 * area), y / (3 * area)] : middleOf(shape);
}

export function moved(shape, dx, dy) {
  if (isPolygon(shape)) return { corners: shape.corners.map(([x, y]) => [x + dx, y + dy]) };
  return { ...shape, x: shape.x + dx, y: shape.y + dy };
}

export function turned(shape, degrees) {
  if (!isPolygon(shape)) return { ...shape, turn: (((shape.turn + degrees) % 360) + 360) % 360 };
  const middle = middleOf(shape);
  return { corners: shape.corners.map((corner) => turnedPoint(corner, middle, degrees)) };
}

export const onGrid = (value, grid) => Math.round(value / grid) * grid;

// Pull one corner of a rectangle (0 upper left, clockwise) to a point; the opposite corner stays.
export function pulled(shape, corner, [x, y], grid) {
  const turn = shape.turn ?? 0;
  const middle = middleOf(shape);
  // In the rectangle's own frame, upright.
  const [px, py] = turn ? turnedPoint([x, y], middle, -turn) : [x, y];
  const right = shape.x + shape.width;
  const bottom = shape.y + shape.depth;
  const least = 10;
  const isLeft = corner === 0 || corner === 3;
  const isTop = corner === 0 || corner === 1;
  const snap = (value) => (turn ? Math.round(value) : onGrid(value, grid));
  const width = Math.max(least, isLeft ? right - snap(px) : snap(px) - shape.x);
  const depth = Math.max(least, isTop ? bottom - snap(py) : snap(py) - shape.y);
  const next = {
    ...shape,
    x: isLeft ? right - width : shape.x,
    y: isTop ? bottom - depth : shape.y,
    width,
    depth,
  };
  if (!turn) return next;
  // A turned rectangle turns around its middle, which has moved: bring the fixed corner back.
  const opposite = (corner + 2) % 4;
  const [fixedX, fixedY] = cornersOf(shape)[opposite];
  const [nowX, nowY] = cornersOf(next)[opposite];
  return moved(next, fixedX - nowX, fixedY - nowY);
}

// The degrees by which a rectangle is turned when its handle points to (x, y), in steps of five.
export function angleTo(shape, [x, y], isFree) {
  const [middleX, middleY] = middleOf(shape);
  const degrees = (Math.atan2(x - middleX, middleY - y) * 180) / Math.PI;
  const step = isFree ? 1 : 5;
  return (((Math.round(degrees / step) * step) % 360) + 360) % 360;
}
