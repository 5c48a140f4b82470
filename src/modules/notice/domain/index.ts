export { type CaseMessage, QUEUE_STATES, type QueueState } from './case-message.ts';
export { retryAfter } from './back-off.ts';
export { type QuietHours, quietUntil } from './quiet-hours.ts';
export { formatEnd, formatInstant, type Language, type MessageData, type Names, render } from './render.ts';
