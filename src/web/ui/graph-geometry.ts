/** Sizes of the drawn process in px: a cell of the layout, the box in it, room for the "here" flag above. */
export type GraphSize = {
  readonly column: number;
  readonly boxWidth: number;
  readonly row: number;
  readonly boxHeight: number;
};
export const GRAPH = { flag: 22, lineHeight: 18 } as const;
const BOX_OF_TWO_LINES = 48;
/** Between two rows: a way back and the flag. */
const BETWEEN_ROWS = 30;
/** Beside a name's first line: padding on both sides, the mark and its space; beside the second only the padding. */
const BESIDE_FIRST = 32;
const BESIDE_SECOND = 16;
const NAME_PX = 14;

/** Between narrow boxes there must be room for an arrow; a box narrower than this holds no name of five characters. */
const COLUMN = { widest: 188, narrowest: 126, gap: 34 } as const;

/**
 * Columns as wide as the place allows, and never so narrow that a word must be cut; a process that does not fit scrolls. A
 * name too long for its box makes every box a line higher.
 */
export function graphSize(columns: number, available: number, names: readonly string[]): GraphSize {
  const longest = Math.max(0, ...names.flatMap((name) => name.split(' ')).map(latinWidth));
  const narrowest = Math.max(COLUMN.narrowest, longest * NAME_PX + BESIDE_FIRST + COLUMN.gap);
  const fair = Math.floor(available / Math.max(1, columns));
  const column = Math.max(narrowest, Math.min(COLUMN.widest, fair));
  const boxWidth = column - COLUMN.gap;
  const higher = names.some((name) => nameLines(name, boxWidth).length > 1);
  const boxHeight = BOX_OF_TWO_LINES + (higher ? GRAPH.lineHeight : 0);
  return { column, boxWidth, boxHeight, row: boxHeight + BETWEEN_ROWS };
}

/** A step's name in one line or two; what is longer still ends in "…" (the whole name is the title of the box). */
export function nameLines(name: string, boxWidth: number): readonly string[] {
  const room = (boxWidth - BESIDE_FIRST) / NAME_PX;
  const holds = fitting(name, room);
  if (holds === name.length) return [name];
  const space = name.lastIndexOf(' ', holds);
  const end = space > 0 ? space : holds;
  return [name.slice(0, end), fit(name.slice(end).trimStart(), (boxWidth - BESIDE_SECOND) / NAME_PX)];
}

/** Cuts to a width in Chinese characters. */
export function fit(text: string, width: number): string {
  const holds = fitting(text, width);
  return holds === text.length ? text : `${text.slice(0, fitting(text, width - 1))}…`;
}

/** How many of the text's characters a width of that many Chinese ones holds. */
function fitting(text: string, width: number): number {
  let used = 0;
  for (let index = 0; index < text.length; index++) {
    used += charWidth(text.charCodeAt(index));
    if (used > width) return index;
  }
  return text.length;
}

/** Of a word that cannot be broken; a Chinese word can, behind each character. */
function latinWidth(word: string): number {
  const codes = [...word].map((char) => char.charCodeAt(0));
  return codes.every((code) => charWidth(code) < 1)
    ? codes.reduce((sum, code) => sum + charWidth(code), 0)
    : 0;
}

/** In Chinese characters; a Latin letter takes a little more than half. */
function charWidth(code: number): number {
  return code > 0x2e7f ? 1 : 0.55;
}

type Cell = { readonly x: number; readonly y: number };

export function nodeBox({ x, y }: Cell, { column, boxWidth, boxHeight, row }: GraphSize) {
  return { x: x * column + 4, y: y * row + 4, width: boxWidth, height: boxHeight };
}

/** A step forward leaves on the right and enters on the left; a way back runs below both. */
export function edgePath(from: Cell, to: Cell, size: GraphSize): string {
  const a = nodeBox(from, size);
  const b = nodeBox(to, size);
  const middle = size.boxHeight / 2;
  if (to.x <= from.x) {
    const below = Math.max(a.y, b.y) + size.boxHeight + 14;
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
