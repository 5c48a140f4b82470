export { enqueue, type NewMessage } from './outbox-store.ts';
