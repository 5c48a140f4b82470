import { type Random, seeded } from './random.ts';

// Chinese-style feeders, composed: a medium-voltage trunk with switches and laterals, 台区 of 40 to 180 households, each with low-voltage
// branches and meter boxes. Three styles; nothing of them is measured.

export type GivenNetwork = {
  readonly devices: readonly {
    readonly id: string;
    readonly parent: string | null;
    readonly kind: string;
    readonly exposure: number;
  }[];
  readonly customers: readonly { readonly id: string; readonly device: string; readonly meter?: boolean }[];
};

type Style = {
  readonly sections: readonly [number, number];
  readonly lateralsPerSection: readonly [number, number];
  readonly transformersPerLateral: readonly [number, number];
  readonly households: readonly [number, number];
  readonly branches: readonly [number, number];
  readonly householdsPerBox: readonly [number, number];
  readonly km: { readonly section: number; readonly lateral: number; readonly branch: number };
};

export const STYLES: Readonly<Record<'village' | 'town' | 'compound', Style>> = {
  village: {
    sections: [3, 4],
    lateralsPerSection: [2, 4],
    transformersPerLateral: [2, 4],
    households: [40, 110],
    branches: [2, 5],
    householdsPerBox: [2, 6],
    km: { section: 3, lateral: 1.5, branch: 0.5 },
  },
  town: {
    sections: [3, 4],
    lateralsPerSection: [2, 3],
    transformersPerLateral: [2, 3],
    households: [80, 160],
    branches: [3, 6],
    householdsPerBox: [4, 9],
    km: { section: 1.5, lateral: 0.6, branch: 0.3 },
  },
  compound: {
    sections: [2, 3],
    lateralsPerSection: [2, 3],
    transformersPerLateral: [2, 3],
    households: [100, 180],
    branches: [4, 8],
    householdsPerBox: [8, 16],
    km: { section: 0.8, lateral: 0.3, branch: 0.15 },
  },
};

export function lvFeeder(style: Style, seed: number): GivenNetwork {
  const random = seeded(seed);
  const devices: { id: string; parent: string | null; kind: string; exposure: number }[] = [];
  const customers: { id: string; device: string }[] = [];
  const add = (parent: string | null, kind: string, km: number) => {
    const id = `${kind}-${devices.length}`;
    devices.push({ id, parent, kind, exposure: Math.round(km * random.between(500, 1500)) / 1000 });
    return id;
  };
  let section = add(null, 'breaker', style.km.section);
  for (let s = random.whole(...style.sections); s > 0; s -= 1) {
    for (let l = random.whole(...style.lateralsPerSection); l > 0; l -= 1) {
      const lateral = add(section, 'fuse', style.km.lateral);
      for (let t = random.whole(...style.transformersPerLateral); t > 0; t -= 1)
        transformerArea(style, random, lateral, add, (device) =>
          customers.push({ id: `c${customers.length}`, device }),
        );
    }
    if (s > 1) section = add(section, 'switch', style.km.section);
  }
  return { devices, customers };
}

function transformerArea(
  style: Style,
  random: Random,
  lateral: string,
  add: (parent: string, kind: string, km: number) => string,
  addCustomer: (device: string) => void,
): void {
  const transformer = add(lateral, 'transformer', 0.2);
  const branches = Array.from({ length: random.whole(...style.branches) }, () =>
    add(transformer, 'lv_branch', style.km.branch),
  );
  let boxes = 0;
  for (let left = random.whole(...style.households); left > 0; ) {
    // In turn, so that no branch has a single box: nobody could tell the two apart.
    const box = add(branches[boxes % branches.length] ?? transformer, 'meter_box', 0.05);
    boxes += 1;
    const here = Math.min(random.whole(...style.householdsPerBox), left);
    for (let h = 0; h < here; h += 1) addCustomer(box);
    left -= here;
  }
}
