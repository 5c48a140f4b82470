/** Sizes of the drawn process in px: a cell of the layout, the box in it, room for the "here" flag above. */
export const GRAPH = { column: 188, row: 78, boxWidth: 148, boxHeight: 48, flag: 22 } as const;

type Cell = { readonly x: number; readonly y: number };

export function nodeBox({ x, y }: Cell) {
  return { x: x * GRAPH.column + 4, y: y * GRAPH.row + 4, width: GRAPH.boxWidth, height: GRAPH.boxHeight };
}

/** A step forward leaves on the right and enters on the left; a way back runs below both. */
export function edgePath(from: Cell, to: Cell): string {
  const a = nodeBox(from);
  const b = nodeBox(to);
  const middle = GRAPH.boxHeight / 2;
  if (to.x <= from.x) {
    const below = Math.max(a.y, b.y) + GRAPH.boxHeight + 14;
    const start = a.x + a.width / 2;
    const end = b.x + b.width / 2;
    return `M${start} ${a.y + a.height}V${below - 6}Q${start} ${below} ${start - 6} ${below}H${end + 6}Q${end} ${below} ${end} ${below - 6}V${b.y + b.height + 2}`;
  }
  const startX = a.x + a.width;
  const bend = b.x - (GRAPH.column - GRAPH.boxWidth) / 2;
  if (a.y === b.y) return `M${startX} ${a.y + middle}H${b.x - 2}`;

  const turn = Math.sign(b.y - a.y) * 6;
  return `M${startX} ${a.y + middle}H${bend - 6}Q${bend} ${a.y + middle} ${bend} ${a.y + middle + turn}V${b.y + middle - turn}Q${bend} ${b.y + middle} ${bend + 6} ${b.y + middle}H${b.x - 2}`;
}
