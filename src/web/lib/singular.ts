/** What the English catalogues count. */
const COUNTED = [
  'household',
  'customer',
  'transformer',
  'device',
  'feeder',
  'village',
  'crew',
  'point',
  'incident',
  'outage',
  'interruption',
  'plan',
  'notice',
  'telling',
  'message',
  'report',
  'meter',
  'order',
  'case',
  'fault',
  'earth',
  'exercise',
  'event',
  'finding',
  'photo',
  'call',
  'paper',
  'hour',
  'day',
  'row',
  'place',
] as const;

const ONE = new RegExp(`(?<![\\d.,:–-])1( [a-z]+)? (${COUNTED.join('|')})s\\b`, 'g');

/** `1 households` is written as `1 household`; what is counted needs no second text for one. */
export function singular(english: string): string {
  return english.replaceAll(
    ONE,
    (_whole, between: string | undefined, noun: string) => `1${between ?? ''} ${noun}`,
  );
}
