export { changeFacts } from './change-facts.ts';
export {
  type Advance,
  advanceOrder,
  type OrderActor,
  type OrderDeps,
  openOrder,
  takeTask,
} from './order-commands.ts';
export { clockLoops } from './order-jobs.ts';
export { decidePause, type PauseRequest, pauseOrder, resumeOrder } from './pause-commands.ts';
