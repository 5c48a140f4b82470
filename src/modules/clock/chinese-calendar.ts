import { readFileSync } from 'node:fs';
import { type CalendarDay, type WorkingDays, workingDays } from './domain/chinese-days.ts';

type YearFile = Readonly<
  Record<string, { readonly papers: readonly string[]; readonly days: readonly CalendarDay[] }>
>;

/** Working days from a table in the form of holiday-cn. A year without a published notice counts as missing. */
export function readWorkingDays(path: string): WorkingDays {
  const file = JSON.parse(readFileSync(path, 'utf8')) as YearFile;
  const years = Object.entries(file).filter(([, year]) => year.papers.length > 0);
  return workingDays(
    Object.values(file).flatMap((year) => year.days),
    years.map(([year]) => Number(year)),
  );
}
