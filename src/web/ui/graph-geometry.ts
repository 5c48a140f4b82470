/** Sizes of the drawn process in px: a cell of the layout, the box in it, room for the "here" flag above. */
export type GraphSize = { readonly column: number; readonly boxWidth: number };
export const GRAPH = { row: 78, boxHeight: 48, flag: 22 } as const;

/** Between narrow boxes there must be room for an arrow; a box narrower than this holds no name of five characters. */
const COLUMN = { widest: 188, narrowest: 126, gap: 34 } as const;

/** Columns as wide as the place allows; a process that does not fit at the narrowest scrolls. */
export function graphSize(columns: number, available: number): GraphSize {
  const fair = Math.floor(available / Math.max(1, columns));
  const column = Math.min(COLUMN.widest, Math.max(COLUMN.narrowest, fair));
  return { column, boxWidth: column - COLUMN.gap };
}

type Cell = { readonly x: number; readonly y: number };

export function nodeBox({ x, y }: Cell, { column, boxWidth }: GraphSize) {
  return { x: x * column + 4, y: y * GRAPH.row + 4, width: boxWidth, height: GRAPH.boxHeight };
}

/** A step forward leaves on the right and enters on the left; a way back runs below both. */
export function edgePath(from: Cell, to: Cell, size: GraphSize): string {
  const a = nodeBox(from, size);
  const b = nodeBox(to, size);
  const middle = GRAPH.boxHeight / 2;
  if (to.x <= from.x) {
    const below = Math.max(a.y, b.y) + GRAPH.boxHeight + 14;
    const start = a.x + a.width / 2;
    const end = b.x + b.width / 2;
    return `M${start} ${a.y + a.height}V${below - 6}Q${start} ${below} ${start - 6} ${below}H${end + 6}Q${end} ${below} ${end} ${below - 6}V${b.y + b.height + 2}`;
  }
  const startX = a.x + a.width;
  const bend = b.x - (size.column - size.boxWidth) / 2;
  if (a.y === b.y) return `M${startX} ${a.y + middle}H${b.x - 2}`;

  const turn = Math.sign(b.y - a.y) * 6;
  return `M${startX} ${a.y + middle}H${bend - 6}Q${bend} ${a.y + middle} ${bend} ${a.y + middle + turn}V${b.y + middle - turn}Q${bend} ${b.y + middle} ${bend + 6} ${b.y + middle}H${b.x - 2}`;
}
