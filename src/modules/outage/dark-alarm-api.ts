import { type Static, Type } from 'typebox';

export const endAlarmSchema = Type.Object(
  { outcome: Type.Unsafe<'false-alarm' | 'found'>(Type.Enum(['false-alarm', 'found'])) },
  { additionalProperties: false },
);
export type EndAlarm = Static<typeof endAlarmSchema>;

/** Households without supply that nothing on record explains. */
export type DarkAlarmView = {
  readonly id: string;
  readonly transformerId: string;
  readonly transformer: string;
  readonly feeder: string | null;
  readonly households: number;
  readonly since: number;
  readonly raisedAt: number;
  readonly endedAt: number | null;
  readonly outcome: 'explained' | 'false-alarm' | 'found' | null;
};
export type DarkAlarms = { readonly mayEnd: boolean; readonly alarms: readonly DarkAlarmView[] };
