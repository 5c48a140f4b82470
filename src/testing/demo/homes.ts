import type { Place } from './places.ts';
import { twoDigits } from './seeded.ts';

const COMPOUND_WORDS = ['花园', '小区', '家园', '佳苑', '新村', '公寓', '丽景', '锦绣城'];

const COMPOUND_HOUSEHOLDS = 600;
const VILLAGE_HOUSEHOLDS_PER_TRANSFORMER = 80;
export type Home = {
  readonly place: string;
  readonly houseNo: string;
  readonly supply: string;
  /** Tells the transformers of one village or community apart. */
  readonly supplyNo: string;
};

/** Three staircases a building, six floors, two flats a floor; a box transformer serves three buildings. */
export function urbanHome(place: Place, k: number, count: number): Home {
  const compounds = Math.max(1, Math.ceil(count / COMPOUND_HOUSEHOLDS));
  const compound = k % compounds;
  const n = Math.floor(k / compounds);
  const name = `${place.short}${COMPOUND_WORDS[compound % COMPOUND_WORDS.length]}${compound >= COMPOUND_WORDS.length ? `${Math.floor(compound / COMPOUND_WORDS.length) + 1}期` : ''}`;
  const building = Math.floor(n / 36) + 1;
  const box = Math.floor((building - 1) / 3) + 1;
  const flat = `${(Math.floor(n / 2) % 6) + 1}${twoDigits((n % 2) + 1)}`;
  return {
    place: `${place.town.name}${name}`,
    houseNo: `${building}号楼${(Math.floor(n / 12) % 3) + 1}单元${flat}室`,
    supply: `${name}${box}#箱变`,
    supplyNo: `${compound + 1}.${box}`,
  };
}

export function villageHome(place: Place, k: number): Home {
  const transformer = Math.floor(k / VILLAGE_HOUSEHOLDS_PER_TRANSFORMER) + 1;
  return {
    place: `${place.town.name}${place.name}`,
    houseNo: `${k + 1}号`,
    supply: `${place.name}${transformer}#台变`,
    supplyNo: String(transformer),
  };
}
