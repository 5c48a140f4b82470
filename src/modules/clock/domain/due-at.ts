import type { Instant } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import type { CalendarBook } from './calendar-book.ts';
import { due } from './due.ts';
import { parseLimit } from './limit.ts';

/**
 * When a limit of the handbook ends that begins at this instant and is never paused, on Chinese working days. Throws for
 * a text that is no limit: `handbook check` lets none through.
 */
export function dueAt(limitText: string, start: Instant, book: CalendarBook): Instant {
  const limit = parseLimit(limitText);
  if (limit === undefined) throw new Error(`not a limit: ${limitText}`);
  const calendar = book.calendar('cn');
  if (isRefusal(calendar)) throw new Error(calendar.refused);
  const found = due(calendar, { start, limit });
  if (isRefusal(found) || found.state !== 'due')
    throw new Error(`${limitText} from ${start}: ${JSON.stringify(found)}`);
  return found.at;
}
