export { dueAt } from './due-at.ts';
