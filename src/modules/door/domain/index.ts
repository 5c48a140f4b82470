export { areaSaid, chooseProcess } from './choose-process.ts';
export {
  checkOutside,
  type FaultOfField,
  isEmpty,
  OUTSIDE_FIELDS,
  type OutsideOrder,
  phoneIn,
  tidyOrder,
} from './outside-order.ts';
export { doWork, isWorkDone } from './proof-of-work.ts';
export {
  ordersOfPaste,
  ordersOfTable,
  readCsv,
  type ReadOrder,
  type ReadOrders,
} from './read-text.ts';
export { readSheet, type SheetRow, shownAs } from './read-sheet.ts';
export { readTime, writeTime } from './read-time.ts';
