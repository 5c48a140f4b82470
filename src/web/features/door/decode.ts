export type Encoding = 'utf-8' | 'gb18030';

/**
 * Guesses how a file is written. Text that is valid UTF-8 is UTF-8: GB18030 that is also valid UTF-8 by chance is rarer
 * than one in a thousand lines. The guess is shown for confirmation, with the text. Undefined: neither.
 */
export function guessEncoding(bytes: Uint8Array): Encoding | undefined {
  return (['utf-8', 'gb18030'] as const).find((encoding) => decode(bytes, encoding) !== undefined);
}

/** Undefined when the bytes are not of this encoding. A byte-order mark is taken off. */
export function decode(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // The decoder says only that the bytes do not fit, which is the answer.
    return undefined;
  }
}
