/** A device below a transformer; `parent` is an index into the same list, -1 the transformer itself. Parents come first. */
export type LvDevice = {
  readonly kind: 'lv_branch' | 'meter_box';
  readonly parent: number;
  readonly km: number;
  /** Meters in the box, consecutive in the order of the households; 0 for a branch. */
  readonly meters: number;
};

export type LvShape = 'urban' | 'rural';

/** Composed, not surveyed: what a low-voltage network of a Chinese county commonly looks like. Lengths in kilometres. */
type Form = {
  /** Meters of a box, from … to. */
  readonly box: readonly [number, number];
  /** Households of an outgoing line (低压出线), about. */
  readonly outgoing: number;
  /** Boxes behind one branch (分支箱, 分支线), from … to. */
  readonly branch: readonly [number, number];
  /** Share of box groups that hang behind a branch, and of branches that hang behind another. */
  readonly branched: number;
  readonly nested: number;
  readonly outgoingKm: readonly [number, number];
  readonly branchKm: readonly [number, number];
  readonly boxKm: readonly [number, number];
};

const FORMS: Readonly<Record<LvShape, Form>> = {
  // Cables from a box transformer to branch boxes; a box on each staircase holds its flats.
  urban: {
    box: [6, 12],
    outgoing: 45,
    branch: [2, 4],
    branched: 0.8,
    nested: 0.15,
    outgoingKm: [0.05, 0.15],
    branchKm: [0.02, 0.08],
    boxKm: [0.01, 0.03],
  },
  // Overhead lines through the lanes; boxes of a few houses on the poles.
  rural: {
    box: [2, 6],
    outgoing: 35,
    branch: [2, 5],
    branched: 0.65,
    nested: 0.3,
    outgoingKm: [0.1, 0.35],
    branchKm: [0.05, 0.2],
    boxKm: [0.01, 0.04],
  },
};

/** 低压出线 of one transformer: four panels are the common cabinet. */
const MOST_OUTGOING = 4;

/**
 * The tree below one transformer for so many households, in which neighbours share box and branch. `next` draws from [0, 1); the
 * same draws give the same tree. A customer alone on his transformer (专变) gets one box and no branch.
 */
export function lvTree(households: number, shape: LvShape, next: () => number): readonly LvDevice[] {
  const form = FORMS[shape];
  if (households <= 1)
    return [{ kind: 'meter_box', parent: -1, km: draw(form.boxKm, next), meters: households }];
  const boxes = boxSizes(households, form, next);
  const lines = Math.min(MOST_OUTGOING, boxes.length, Math.max(1, Math.round(households / form.outgoing)));
  const devices: LvDevice[] = [];
  for (let line = 0; line < lines; line += 1) {
    const from = Math.floor((line * boxes.length) / lines);
    const to = Math.floor(((line + 1) * boxes.length) / lines);
    devices.push({ kind: 'lv_branch', parent: -1, km: draw(form.outgoingKm, next), meters: 0 });
    hangBoxes(devices, boxes.slice(from, to), form, next);
  }
  return devices;
}

function boxSizes(households: number, form: Form, next: () => number): readonly number[] {
  const sizes: number[] = [];
  for (let left = households; left > 0; ) {
    const size = Math.min(left, drawInt(form.box, next));
    sizes.push(size);
    left -= size;
  }
  return sizes;
}

/** Hangs boxes under the outgoing line that was pushed last: some directly, most behind a branch, some branches behind the one before. */
function hangBoxes(devices: LvDevice[], boxes: readonly number[], form: Form, next: () => number): void {
  const line = devices.length - 1;
  let previous = line;
  for (let at = 0; at < boxes.length; ) {
    const group = boxes.slice(at, at + drawInt(form.branch, next));
    at += group.length;
    let parent = line;
    if (next() < form.branched) {
      devices.push({
        kind: 'lv_branch',
        parent: next() < form.nested ? previous : line,
        km: draw(form.branchKm, next),
        meters: 0,
      });
      parent = devices.length - 1;
      previous = parent;
    }
    for (const meters of group)
      devices.push({ kind: 'meter_box', parent, km: draw(form.boxKm, next), meters });
  }
}

function draw([from, to]: readonly [number, number], next: () => number): number {
  return Math.round((from + (to - from) * next()) * 1000) / 1000;
}

function drawInt([from, to]: readonly [number, number], next: () => number): number {
  return from + Math.floor(next() * (to - from + 1));
}
