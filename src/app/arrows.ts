/** Which module may import which, through its front door. A new arrow is a decision: it is made here, and nowhere else. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  audit: [],
  clock: [],
  process: [],
  customer: [],
  org: ['audit'],
  order: ['process'],
  case: ['order', 'process', 'customer'],
  outage: ['network'],
  network: [],
  repair: ['network'],
};
