export {
  callOrder,
  estimateWait,
  type MinutesEach,
  type QueueFigures,
  queueFigures,
  type TicketClass,
  ticketLabel,
} from './queue.ts';
