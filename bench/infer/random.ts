/** Seeded random numbers (mulberry32): the same worlds each time. */
export type Random = {
  readonly unit: () => number;
  readonly between: (low: number, high: number) => number;
  readonly whole: (low: number, high: number) => number;
  readonly exponential: (mean: number) => number;
  readonly normal: () => number;
  readonly poisson: (mean: number) => number;
};

export function seeded(seed: number): Random {
  let state = (seed * 0x9e3779b9) >>> 0;
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const exponential = (mean: number) => -mean * Math.log(1 - unit());
  return {
    unit,
    between: (low, high) => low + (high - low) * unit(),
    whole: (low, high) => low + Math.floor((high - low + 1) * unit()),
    exponential,
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    poisson: (mean) => {
      let count = 0;
      for (let time = exponential(1); time < mean; time += exponential(1)) count += 1;
      return count;
    },
  };
}
