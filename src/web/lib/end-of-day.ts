/** The end of a typed day (`2026-11-23`) in the business zone, which is what "by that day" means. */
export function endOfDay(day: string): number {
  return Date.parse(`${day}T24:00:00+08:00`);
}
