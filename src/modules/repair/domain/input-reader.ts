import { refuse, type Refusal } from '#kernel/result.ts';

export type Members = Readonly<Record<string, unknown>>;

/**
 * Reads a document member by member and remembers the first fault, with its path; after a fault it gives harmless values, so that
 * a reader needs one check, at its end.
 */
export type InputReader = {
  readonly fault: () => Refusal | undefined;
  readonly say: (at: string, fault: string) => void;
  readonly object: (at: string, value: unknown, known: KnownMembers) => Members;
  readonly list: (at: string, value: unknown) => readonly unknown[];
  readonly integer: (at: string, value: unknown, most?: number) => number;
};

/** Which members an object may have, and which of the format it may not have here. */
type KnownMembers = { readonly known: readonly string[]; readonly unsupported: readonly string[] };

export function inputReader(largest: number): InputReader {
  let first: Refusal | undefined;
  const say = (at: string, fault: string): void => {
    first ??= refuse('route.bad-input', { at, fault });
  };
  return {
    fault: () => first,
    say,
    object(at, value, { known, unsupported }) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        say(at, value === undefined ? 'missing' : 'not-an-object');
        return {};
      }
      for (const [name, held] of Object.entries(value)) {
        if (known.includes(name)) continue;
        const path = at === '' ? name : `${at}.${name}`;
        if (!unsupported.includes(name)) say(path.slice(0, 120), 'unknown-member');
        // What says nothing is not refused: programs write empty lists.
        else if (!(Array.isArray(held) && held.length === 0)) say(path, 'unsupported');
      }
      return value as Members;
    },
    list(at, value) {
      if (Array.isArray(value)) return value as readonly unknown[];
      say(at, value === undefined ? 'missing' : 'not-a-list');
      return [];
    },
    integer(at, value, most = largest) {
      if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value;
      say(at, value === undefined ? 'missing' : most === largest ? 'not-an-integer' : 'out-of-range');
      return 0;
    },
  };
}
