/**
 * Offers the sliced Chinese font to the browser, after the first picture of the page: the list of its slices alone is
 * 60 kB, and a browser downloads a slice only where no named system font has the character.
 */
export async function offerChineseFont(): Promise<void> {
  await Promise.all([import('@fontsource/noto-sans-sc/400.css'), import('@fontsource/noto-sans-sc/700.css')]);
}
