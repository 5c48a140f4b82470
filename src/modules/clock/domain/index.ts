export { answerQuestion, printAnswer } from './answer.ts';
export { type CalendarBook, calendarBook } from './calendar-book.ts';
export type { LedgerEntry } from './calendar.ts';
export { dueAt, latestBefore } from './due-at.ts';
export { isArranged, parseLimit, untilText } from './limit.ts';
export { dayNumber, formatDate, parseDate, yearOf } from './local-date.ts';
export { parseNotice } from './parse-notice.ts';
export type { Pause } from './walk.ts';
export { weekEnd } from './week-end.ts';
export type { CalendarYear, WorkingDays } from './working-days.ts';
export {
  type ClockMoment,
  type ClockPlan,
  decideFiring,
  nextMoment,
  planClock,
  type WarningPolicy,
} from './plan-clock.ts';
export { parseInstant } from './zone.ts';
