export { areaSaid, type Chosen, chooseProcess } from './choose-process.ts';
export {
  checkOutside,
  type FaultOfField,
  isEmpty,
  LONGEST,
  type OrderFault,
  OUTSIDE_FIELDS,
  type OutsideOrder,
  phoneIn,
  tidyOrder,
} from './outside-order.ts';
export { doWork, isWorkDone } from './proof-of-work.ts';
export {
  fieldOf,
  ordersOfPaste,
  ordersOfTable,
  readCsv,
  type ReadOrder,
  type ReadOrders,
} from './read-text.ts';
export { readTime, writeTime } from './read-time.ts';
export { sha256 } from './sha256.ts';
