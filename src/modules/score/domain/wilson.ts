/** 95 %: the 0.975 quantile of the normal distribution. */
const Z = 1.959_964;

/**
 * The interval in which a true share lies with 95 % when `part` of `whole` were seen (E. B. Wilson, 1927). For few it is
 * wide, which is why small units are not ranked. Both ends are in [0, 1]; `whole` is at least 1.
 */
export function wilson(part: number, whole: number): { readonly low: number; readonly high: number } {
  const share = part / whole;
  const square = Z * Z;
  const middle = share + square / (2 * whole);
  const spread = Z * Math.sqrt((share * (1 - share)) / whole + square / (4 * whole * whole));
  const scale = 1 + square / whole;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
