export { type ClockChanges, clockChanges, type RunningClock } from './clock-changes.ts';
export { limitText } from './limit-text.ts';
export { warningPolicy } from './warning-policy.ts';
export { type ClockLook, jumpBetween } from './clock-watch.ts';
export { type RebuiltOrder, type RecordedEvent, rebuildOrder } from './rebuild-order.ts';
