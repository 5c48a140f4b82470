/** The streams that a module may write into. */
export type StreamName = 'case' | 'order';

/**
 * One type of event: the version that is written now, and for each older one how its data becomes that of the next.
 * `upcasts[0]` makes version 2 of version 1.
 */
type EventType = {
  readonly v: number;
  readonly upcasts?: readonly ((data: Record<string, unknown>) => Record<string, unknown>)[];
};

/** What a module declares: boot refuses events of a type or version that no module knows (design §2). */
export type EventTypes = { readonly stream: StreamName; readonly types: Readonly<Record<string, EventType>> };

export type RecordedType = { readonly stream: StreamName; readonly type: string; readonly v: number };

/** All types of one stream in their first version: what most modules declare. */
export function firstVersions(stream: StreamName, types: readonly string[]): EventTypes {
  return { stream, types: Object.fromEntries(types.map((type) => [type, { v: 1 }])) };
}

/** Recorded types that nobody declares in that version; a newer program has written them. */
export function unknownTypes(
  declared: readonly EventTypes[],
  recorded: readonly RecordedType[],
): readonly RecordedType[] {
  return recorded.filter(({ stream, type, v }) => {
    const known = declared.find((one) => one.stream === stream && Object.hasOwn(one.types, type));
    return known === undefined || v < 1 || v > (known.types[type]?.v ?? 0);
  });
}

/** Types that two modules declare: whose they are would be open. */
export function declaredTwice(declared: readonly EventTypes[]): readonly string[] {
  const names = declared.flatMap(({ stream, types }) =>
    Object.keys(types).map((type) => `${stream}/${type}`),
  );
  return names.filter((name, i) => names.indexOf(name) < i);
}

/** The data of a recorded event as the program of today reads it. A missing upcast is a surprise. */
export function upcast(
  { types }: EventTypes,
  event: { readonly type: string; readonly v: number; readonly data: Record<string, unknown> },
): Record<string, unknown> {
  const { v = event.v, upcasts = [] } = types[event.type] ?? {};
  let { data } = event;
  for (let from = event.v; from < v; from += 1) {
    const next = upcasts[from - 1];
    if (next === undefined) throw new Error(`${event.type} has no way from version ${from} to ${from + 1}`);
    data = next(data);
  }
  return data;
}
