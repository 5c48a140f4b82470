import { type Instant, MINUTE } from '#kernel/instant.ts';

/** The server's time beside the device's at one moment, and how fast the server's runs (a demo company's is scaled). */
export type ClockReading = { readonly server: Instant; readonly device: number; readonly scale: number };

/** When something was done: the server's time as this device believes it, and on what it bases that. */
export type Stamp = { readonly at: Instant; readonly reading: ClockReading | null };

/** Beyond this somebody moved the device's clock between the two readings; a drift is seconds. */
const SLACK = 2 * MINUTE;

/** The server's time when the device shows `device`; without a reading the device is all there is. */
export function serverTimeAt(reading: ClockReading | null, device: number): Instant {
  if (reading === null) return device;
  return Math.round(reading.server + (device - reading.device) * reading.scale);
}

export function stampNow(reading: ClockReading | null, device: number): Stamp {
  return { at: serverTimeAt(reading, device), reading };
}

/**
 * The device's clock was moved since the stamp was made: by the reading of then the server's time would be another than it
 * now says. A clock that is wrong all the time is no trouble, since only differences are taken from it.
 */
export function clockMoved(stamp: Stamp, latest: ClockReading | null): boolean {
  if (stamp.reading === null) return true;
  if (latest === null) return false;
  const foretold = serverTimeAt(stamp.reading, latest.device);
  return Math.abs(foretold - latest.server) > SLACK * latest.scale;
}
