import type { Random } from './seeded.ts';

/** Surnames with rough weights; those of the peninsula (于 丛 毕 鞠 邹 …) are common here. */
const SURNAMES: readonly (readonly [string, number])[] = [
  ...weigh('王李张刘于', 60),
  ...weigh('丛孙毕姜宋陈杨邹', 30),
  ...weigh('徐赵周吴林鞠董侯慈初迟', 14),
  ...weigh('黄马朱胡郭何高罗郑梁谢唐许韩冯曹彭田蒋沈卢程吕丁于魏车连衣隋原荣岳苗柳邢', 6),
  // Surnames with a reading that dictionaries miss, so that the search by pinyin is tried every day.
  ...weigh('单曾解仇查区任朴华燕宁翟乐盖缪员种折冼召', 1.5),
  ...(['尉迟', '万俟', '欧阳', '上官', '诸葛', '令狐'] as const).map((name) => [name, 0.8] as const),
];
const TOTAL = SURNAMES.reduce((sum, [, weight]) => sum + weight, 0);
const SINGLE = new Set(SURNAMES.map(([surname]) => surname));

const GIVEN_OLD = [...'国建军民英秀兰桂华玉明德忠义福寿永春庆荣贵平生才淑芝凤珍文志'];
const GIVEN_NEW = [
  ...'伟强磊洋勇艳杰涛超霞丽静敏娟鹏飞浩宇轩涵欣怡梓晨佳琳雪婷晓峰辉刚波斌海燕红梅云松柏岩鑫',
];

/** An invented person's name. In a village named after a clan (于家庄) most people bear the clan's name. */
export function personName(random: Random, clan?: string): string {
  const surname = clan !== undefined && random.chance(0.55) ? clan : surnameOf(random);
  const pool = random.chance(0.5) ? GIVEN_OLD : GIVEN_NEW;
  const given = random.pick(pool);
  return surname + given + (random.chance(0.72) ? random.pick(pool) : '');
}

/** The clan after which a village is named: 于 of 于家庄, 沟于家 and 西于疃. */
export function clanOf(village: string): string | undefined {
  const match = /(.)(?:家|格庄|疃)/u.exec(village);
  const surname = match?.[1];
  return surname !== undefined && SINGLE.has(surname) ? surname : undefined;
}

const FIRM_WORDS = [
  '宏润',
  '昌泰',
  '鲁盛',
  '海元',
  '恒拓',
  '瑞丰',
  '金桥',
  '德顺',
  '东旭',
  '嘉禾',
  '蓝湾',
  '昆嵛',
  '天润达',
  '信合',
  '永固',
];

/** An invented firm; the mark at its end keeps it apart from any real one. */
export function firmName(random: Random, trade: string): string {
  return `${random.pick(FIRM_WORDS)}${trade}（演示）`;
}

function surnameOf(random: Random): string {
  let left = random.next() * TOTAL;
  for (const [surname, weight] of SURNAMES) {
    left -= weight;
    if (left < 0) return surname;
  }
  return '王';
}

function weigh(characters: string, weight: number): (readonly [string, number])[] {
  return [...characters].map((character) => [character, weight] as const);
}
