export { limitText } from './limit-text.ts';
export { type RecordedEvent, rebuildOrder } from './rebuild-order.ts';
