import type { Instant } from '#kernel/instant.ts';
import type {
  BackEntry,
  GroupEntry,
  HelpEntry,
  MaterialEntry,
  StandByEntry,
  StepEntry,
  SupplyEntry,
} from '#modules/repair/field-api.ts';
import type { Entry } from '../../lib/queue/entry.ts';
import { type ClockReading, clockMoved, type Stamp } from '../../lib/queue/device-clock.ts';

type Untimed<T> = Omit<T, 'at' | 'clockMoved'>;

/** What one did, without its time and the photos, which come with the entry. */
export type FieldRequest =
  | Untimed<Omit<StepEntry, 'files'>>
  | Untimed<GroupEntry>
  | Untimed<SupplyEntry>
  | Untimed<HelpEntry>
  | Untimed<MaterialEntry>
  | Untimed<BackEntry>
  | Untimed<StandByEntry>;

/** What it is of: entries of one line go out in their order, and a job shows those of its own. */
export function lineOf(request: FieldRequest): string {
  return request.kind === 'stand-by' ? request.standById : request.orderId;
}

/** The body of an entry of this queue. */
export type FieldBody = { readonly request: FieldRequest; readonly stamp: Stamp };

export type Did = { readonly request: FieldRequest; readonly at: Instant };

export function bodyOf(entry: Entry): FieldBody {
  return entry.body as FieldBody;
}

/** What this phone did, as it shows it: an order that could not be given back is the crew's still. */
export function didsOf(entries: readonly Entry[]): readonly Did[] {
  return entries
    .filter((entry) => entry.state !== 'refused' || bodyOf(entry).request.kind !== 'back')
    .map(didOf);
}

function didOf(entry: Entry): Did {
  const { request, stamp } = bodyOf(entry);
  return { request, at: stamp.at };
}

/** The request as it goes out: when it was done, whether the clock may be believed, and the photos that are there. */
export function requestOf(entry: Entry, latest: ClockReading | null): unknown {
  const { request, stamp } = bodyOf(entry);
  const files = entry.blobs.flatMap((blob) => blob.fileId ?? []);
  return {
    ...request,
    at: stamp.at,
    clockMoved: clockMoved(stamp, latest),
    ...(request.kind !== 'step' || files.length === 0 ? {} : { files: [...new Set(files)] }),
  };
}
