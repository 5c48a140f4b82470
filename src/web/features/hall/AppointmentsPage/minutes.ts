/** `08:30` from minutes after midnight. */
export function clockOf(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Minutes after midnight from `08:30`; undefined for anything else. */
export function minutesOf(text: string): number | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  return Number(hours) * 60 + Number(minutes);
}

/** Equal parts of a span; what is left over at the end is no part. */
export function partsOf(span: { readonly from: number; readonly to: number }, length: number) {
  const count = Math.max(0, Math.floor((span.to - span.from) / length));
  return Array.from({ length: count }, (_, i) => ({
    from: span.from + i * length,
    to: span.from + (i + 1) * length,
  }));
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
