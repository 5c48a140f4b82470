import type { Report, Voice } from './evidence.ts';
import { LONGEST_DELAY, type Likelihood } from './likelihood.ts';
import type { MinuteGrid } from './minute-grid.ts';

/** By minute of the grid: what customers who spoke say for being dark from then on, and how many calls and gasps that explains. */
export type VoiceSums = {
  readonly loudness: Float64Array;
  readonly callers: Float64Array;
  readonly gaspers: Float64Array;
};

export function emptyVoiceSums(columns: number): VoiceSums {
  return {
    loudness: new Float64Array(columns),
    callers: new Float64Array(columns),
    gaspers: new Float64Array(columns),
  };
}

type VoiceInput = {
  readonly voice: Voice;
  readonly grid: MinuteGrid;
  readonly likelihood: Likelihood;
  readonly restored: number | undefined;
  readonly logStrayCall: (minute: number) => number;
};

/** A call or gasp from before the outage is stray; the first one after it is explained; further ones of the same customer say nothing. */
export function addVoice(input: VoiceInput, sums: VoiceSums): void {
  const { reports, pings } = input.voice;
  const [only] = reports;
  if (only !== undefined && reports.length === 1 && pings.length === 0) addSingle(input, sums, only);
  else addSeveral(input, sums);
}

/** The usual case, in a short loop: one report. */
function addSingle(
  { grid, likelihood, restored = -Infinity, logStrayCall }: VoiceInput,
  sums: VoiceSums,
  { kind, minute }: Report,
): void {
  const { minutes } = grid;
  const isCall = kind === 'call';
  const delay = isCall ? likelihood.logCallDelay : likelihood.logGaspDelay;
  const stray = isCall ? logStrayCall(minute) : likelihood.logStrayGasp;
  const speakers = isCall ? sums.callers : sums.gaspers;
  const { loudness } = sums;
  for (let j = 0; j < minutes.length && (minutes[j] as number) <= minute; j += 1) {
    const age = minute - Math.max(minutes[j] as number, restored);
    loudness[j] =
      (loudness[j] as number) + (delay[age < LONGEST_DELAY ? age : LONGEST_DELAY] as number) - stray;
    speakers[j] = (speakers[j] as number) + 1;
  }
}

function addSeveral(input: VoiceInput, sums: VoiceSums): void {
  const { voice, grid, likelihood, logStrayCall } = input;
  const { belief, logCallDelay, logGaspDelay, logStrayGasp } = likelihood;
  const restored = input.restored ?? -Infinity;
  const calls = minutesOf(voice.reports, 'call');
  const gasps = minutesOf(voice.reports, 'last_gasp');
  const severalKinds =
    Number(calls.length > 0) + Number(gasps.length > 0) + Number(voice.pings.length > 0) > 1;
  for (let j = 0; j < grid.minutes.length; j += 1) {
    const dark = Math.max(grid.minutes[j] as number, restored);
    const call = firstFrom(calls, dark);
    const gasp = firstFrom(gasps, dark);
    let loudness = 0;
    let shares = 0;
    if (call !== undefined) {
      loudness += (logCallDelay[Math.min(call - dark, LONGEST_DELAY)] as number) - logStrayCall(call);
      sums.callers[j] = (sums.callers[j] as number) + 1;
      shares += MEAN_LOG_CALL_SHARE;
    }
    if (gasp !== undefined) {
      loudness += (logGaspDelay[Math.min(gasp - dark, LONGEST_DELAY)] as number) - logStrayGasp;
      sums.gaspers[j] = (sums.gaspers[j] as number) + 1;
      shares += MEAN_LOG_GASP_SHARE;
    }
    const pings = pingsFrom(voice, dark, belief.ping);
    const spoken = severalKinds
      ? soften(loudness + shares + pings.dark, belief.loudestCustomer) - shares
      : loudness + pings.dark;
    sums.loudness[j] = (sums.loudness[j] as number) + spoken + pings.lit;
  }
}

/** Typical logarithms of the shares, to judge how loud one customer is. */
const MEAN_LOG_CALL_SHARE = Math.log(0.2);
const MEAN_LOG_GASP_SHARE = Math.log(0.5);

function soften(loudness: number, loudest: number): number {
  return loudness < loudest - 20 ? loudness : -Math.log(Math.exp(-loudness) + Math.exp(-loudest));
}

function minutesOf(reports: readonly Report[], kind: Report['kind']): readonly number[] {
  return reports.filter((one) => one.kind === kind).map((one) => one.minute);
}

function firstFrom(minutes: readonly number[], dark: number): number | undefined {
  for (const minute of minutes) if (minute >= dark) return minute;
  return undefined;
}

/** Each answer counts once: a meter that is wrong is wrong again. */
function pingsFrom(
  { pings }: Voice,
  dark: number,
  belief: Likelihood['belief']['ping'],
): { readonly dark: number; readonly lit: number } {
  let [on, off, silent] = [false, false, false];
  for (const { minute, answer } of pings) {
    if (minute < dark) continue;
    if (answer === 'on') on = true;
    else if (answer === 'off') off = true;
    else silent = true;
  }
  return {
    lit: on ? Math.log(belief.onWhenDark / belief.onWhenLit) : 0,
    dark: off
      ? Math.log(belief.offWhenDark / belief.offWhenLit)
      : silent
        ? Math.log(belief.silentWhenDark / belief.silentWhenLit)
        : 0,
  };
}
