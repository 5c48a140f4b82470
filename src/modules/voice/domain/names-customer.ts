/** What is known of the one who complained. */
export type CustomerTraits = {
  readonly names: readonly string[];
  /** Phone, account and meter numbers. */
  readonly numbers: readonly string[];
  readonly places: readonly string[];
};

/**
 * Whether words that the liable unit will read tell who complained: his name, a number of his, his place. A net for what
 * slips in, not a proof: whoever writes the grounds answers for them.
 */
export function namesCustomer(words: string, customer: CustomerTraits): boolean {
  const plain = words.replace(/\s/g, '');
  const digits = words.replace(/\D/g, '');
  return (
    customer.names.some((name) => name.trim().length >= 2 && plain.includes(name.replace(/\s/g, ''))) ||
    customer.numbers.some((number) => isLong(number) && digits.includes(number.replace(/\D/g, ''))) ||
    customer.places.some((place) => place.trim().length >= 4 && plain.includes(place.replace(/\s/g, '')))
  );
}

/** Shorter runs of digits are dates and times. */
function isLong(number: string): boolean {
  return number.replace(/\D/g, '').length >= 7;
}
