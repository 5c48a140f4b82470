/**
 * Figures far beyond what a number holds, as `value × 2^(256 × block)`: sums and products of such figures take no logarithm and no
 * power. A value is kept between `SMALL` and `LARGE`, so that a product of a few of them cannot leave the range of a number.
 */
export const LOG_BLOCK = 256 * Math.LN2;
export const UP = 2 ** 256;
export const DOWN = 2 ** -256;
export const LARGE = 2 ** 160;
export const SMALL = 2 ** -160;

/** So many blocks as a factor; 0 where it is beyond numbers. */
export function blocks(count: number): number {
  return count === -1 ? DOWN : 2 ** (256 * count);
}
