/** A limit of the handbook as the clock engine reads it: `45min`, `24h`, `7cd`, `5wd`. */
export function limitText(
  limit: { readonly value: number; readonly unit: string; readonly floor?: number | undefined },
  role: 'company' | 'promise' | 'law' | 'reference',
): string {
  // The law's clock counts the floor, which no promise may exceed (handbook check proves it).
  const value = role === 'law' ? (limit.floor ?? limit.value) : limit.value;
  return `${value}${limit.unit}`;
}
