export { answerQuestion, type ClockAnswer, printAnswer } from './answer.ts';
export { CALENDAR_NAMES, type CalendarBook, calendarBook } from './calendar-book.ts';
export type { Calendar, LedgerEntry, Why } from './calendar.ts';
export { dueAt } from './due-at.ts';
export { type Due, type DueQuestion, due } from './due.ts';
export { type Limit, parseLimit } from './limit.ts';
export { formatDate, parseDate } from './local-date.ts';
export { parseNotice } from './parse-notice.ts';
export type { Pause } from './walk.ts';
export { weekEnd } from './week-end.ts';
export type { CalendarYear, NoticeDay, YearWarning } from './working-days.ts';
export {
  type ClockFacts,
  type ClockMoment,
  type ClockPlan,
  decideFiring,
  type Firing,
  nextMoment,
  planClock,
  type WarningPolicy,
} from './plan-clock.ts';
