/** Which module may import which, through its front door. A new arrow is a decision: it is made here, and nowhere else. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  audit: [],
  clock: ['process', 'audit'],
  process: [],
  notice: ['process', 'customer', 'audit'],
  org: ['audit'],
  customer: ['audit'],
  order: ['process', 'clock', 'notice', 'audit'],
  case: ['order', 'process', 'clock', 'customer', 'notice', 'audit'],
  attachment: ['case', 'process', 'audit'],
  link: ['attachment', 'case', 'process', 'customer', 'notice', 'audit'],
  door: ['case', 'order', 'process', 'clock', 'customer', 'notice', 'audit'],
  hall: ['case', 'order', 'process', 'clock', 'customer', 'notice', 'audit'],
  score: ['case', 'order', 'process', 'clock', 'notice', 'audit'],
  network: [],
  outage: ['clock', 'network'],
  voice: ['case', 'order', 'process', 'notice'],
};
