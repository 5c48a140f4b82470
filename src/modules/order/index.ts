export { giveToCrew } from './give-to-crew.ts';
export { bounceHandovers, handOverTask } from './hand-over-task.ts';
export { hashOfRow, hashText, withTextHashes } from './text-hashes.ts';
export { grantAccess } from './grant-access.ts';
export { allKeptAway, keptAway, keptOut, withheld } from './kept-away.ts';
export { limitEnd } from './limit-end.ts';
export { changeFacts, doAgain, joinOrder, moveOrder } from './move-order.ts';
export { heldTasks, waitingTasks } from './open-tasks.ts';
export {
  advanceOrder,
  allowedTask,
  takeTask,
} from './order-commands.ts';
export type { FieldNote, OrderActor, OrderDeps } from './order-types.ts';
export { takeTasksAway } from './take-tasks-away.ts';
export { sweepClocks } from './clock-sweep.ts';
export { insertOrders, type OrderWanted, type PlannedOrder, planOrders } from './open-orders.ts';
export { rejectTask } from './reject-task.ts';
export { recordOnOrder } from './record-on-order.ts';
export { orderEventTypes } from './order-event-types.ts';
export { clockLoops } from './order-jobs.ts';
export { passTasks } from './pass-tasks.ts';
export {
  decidePause,
  pausable,
  pauseOrder,
  resumeOrder,
  worksOn,
} from './pause-commands.ts';
export { listPauses } from './pause-store.ts';
export { releaseTasks } from './release-tasks.ts';
export { replaceOrder } from './replace-order.ts';
