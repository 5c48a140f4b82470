import type { NetworkDevice } from './device.ts';

/** A device as a file describes it, before it is in the house. `id` is the code by which the file calls it. */
export type DraftDevice = NetworkDevice & {
  readonly name: string;
  readonly kva: number | null;
  readonly lon: number | null;
  readonly lat: number | null;
  /** The data has no such device: placed by rule, and said so wherever it is shown. */
  readonly placed: boolean;
};

export type DraftSupply = { readonly meter: string; readonly device: string };

/** Where in which file something is wrong. `line` is null where a file has no lines that mean anything (RDF). */
export type DraftFault = {
  readonly file: string;
  readonly line: number | null;
  /** Code of the device or number of the meter. */
  readonly item: string | null;
  readonly code: string;
  readonly detail?: Readonly<Record<string, string | number>>;
};

export type NetworkDraft = {
  readonly devices: readonly DraftDevice[];
  readonly supplies: readonly DraftSupply[];
  readonly faults: readonly DraftFault[];
};
