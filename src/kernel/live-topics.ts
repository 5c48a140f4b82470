/**
 * What a live hint can be about: the server tells no other, and a page that listens for another listens for nothing. `work`: an order
 * of the company moved.
 */
export type LiveTopic = 'work' | 'bell' | 'call' | 'network' | 'outage' | 'planned';
