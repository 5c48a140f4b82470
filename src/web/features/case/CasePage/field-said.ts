import type { FinishBody } from '#modules/case/case-api.ts';

export const WHYS = [
  'no-signal',
  'device',
  'hands-full',
  'reported-by-phone',
  'off-duty',
  'completed',
] as const;

export type FieldSaid = {
  readonly occurredAt?: number | undefined;
  readonly personId?: string | undefined;
  readonly why: (typeof WHYS)[number];
  /** Files that were added here, and where the device is: without one of them the time is not believed. */
  readonly files?: readonly string[] | undefined;
  readonly position?: FinishBody['position'] | undefined;
};

/** As the request wants it. */
export function saidOf(said: FieldSaid) {
  const { occurredAt, personId, why, files, position } = said;
  return {
    ...(occurredAt === undefined ? {} : { occurredAt }),
    ...(personId === undefined ? {} : { enteredFor: { personId, why } }),
    ...(files === undefined || files.length === 0 ? {} : { files: [...files] }),
    ...(position === undefined ? {} : { position }),
  };
}
