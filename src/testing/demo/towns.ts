/** A town or street of 文登. Its centre is approximate, set by hand for a schematic map (see data/README.md). */
export type Town = {
  readonly code: string;
  readonly name: string;
  readonly short: string;
  readonly english: string;
  readonly urban: boolean;
  readonly lon: number;
  readonly lat: number;
};

export const TOWNS: readonly Town[] = [
  town('371003001000', '龙山路街道', '龙山', 'Longshan', true, 122.05, 37.187),
  town('371003002000', '天福路街道', '天福', 'Tianfu', true, 122.063, 37.215),
  town('371003003000', '环山路街道', '环山', 'Huanshan', true, 122.03, 37.205),
  town('371003100000', '文登营镇', '文登营', 'Wendengying', false, 122.135, 37.245),
  town('371003101000', '大水泊镇', '大水泊', 'Dashuipo', false, 122.215, 37.165),
  town('371003102000', '张家产镇', '张家产', 'Zhangjiachan', false, 122.125, 37.095),
  town('371003103000', '高村镇', '高村', 'Gaocun', false, 122.215, 37.06),
  town('371003104000', '泽库镇', '泽库', 'Zeku', false, 122.06, 36.99),
  town('371003105000', '侯家镇', '侯家', 'Houjia', false, 122.16, 36.985),
  town('371003106000', '宋村镇', '宋村', 'Songcun', false, 121.985, 37.085),
  town('371003107000', '泽头镇', '泽头', 'Zetou', false, 121.895, 37.03),
  town('371003108000', '小观镇', '小观', 'Xiaoguan', false, 121.785, 36.955),
  town('371003109000', '葛家镇', '葛家', 'Gejia', false, 121.83, 37.14),
  town('371003110000', '米山镇', '米山', 'Mishan', false, 121.935, 37.175),
  town('371003111000', '界石镇', '界石', 'Jieshi', false, 121.86, 37.265),
  town('371003400000', '开发区办事处', '开发区', 'Development Zone', true, 122.085, 37.165),
];

function town(
  code: string,
  name: string,
  short: string,
  english: string,
  urban: boolean,
  lon: number,
  lat: number,
): Town {
  return { code, name, short, english, urban, lon, lat };
}
