/** The one place that maps refusal codes to HTTP. First match wins; everything else is 422: understood, and refused. */
const STATUS: readonly (readonly [RegExp, number])[] = [
  [/^session\.(none|locked)$|^device\.unknown$|^door\.key-unknown$/, 401],
  [/^session\.too-many$|^page\.too-many$/, 429],
  [/^session\./, 403],
  [/\.stale$|^http\.answer-lost$/, 409],
  [/^http\.forbidden$|^door\.key-scope$/, 403],
  [/^http\.not-found$|^order\.unknown$|household-unknown$|flag-unknown$|^(pause|link)\.unknown$/, 404],
  [
    /^action\.|^crew\.other-station$|^pause\.(not-yours|own-request)$|^clock\.own-correction$|^file\.(personal|not-yours)$/,
    403,
  ],
  [/^file\.too-large$/, 413],
  [/^link\.(digits-locked|too-many-guesses)$/, 429],
  [/^evaluation\.already$|^dispatch\.(sent|changed)-already$/, 409],
];

export function refusalStatus(code: string): number {
  return STATUS.find(([pattern]) => pattern.test(code))?.[1] ?? 422;
}
