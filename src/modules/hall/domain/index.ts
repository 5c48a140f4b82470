export {
  callOrder,
  estimateWait,
  type MinutesEach,
  type QueueFigures,
  queueFigures,
  type Served,
  type TicketClass,
  ticketLabel,
  type Waiting,
} from './queue.ts';
