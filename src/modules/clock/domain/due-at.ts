import type { Instant } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import type { CalendarBook } from './calendar-book.ts';
import type { LedgerEntry } from './calendar.ts';
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

/**
 * The latest moment for something that must be done so long before an instant, with the ledger of what was counted. The text without a
 * minus: `7cd`, `24h`. Strict: seven days are 7 × 24 hours (domain-rules §12.3 rule 4), rest days are not skipped (rule 3).
 */
export function latestBefore(
  limitText: string,
  instant: Instant,
  book: CalendarBook,
): { readonly at: Instant; readonly ledger: readonly LedgerEntry[] } {
  const limit = parseLimit(`-${limitText}`);
  if (limit === undefined) throw new Error(`not a limit: ${limitText}`);
  const calendar = book.calendar('cn');
  if (isRefusal(calendar)) throw new Error(calendar.refused);
  const found = due(calendar, { start: instant, limit });
  if (isRefusal(found) || found.state !== 'due')
    throw new Error(`${limitText} before ${instant}: ${JSON.stringify(found)}`);
  return { at: found.at, ledger: found.ledger };
}
