import { DOWN, LARGE, LOG_BLOCK, SMALL, UP } from './blocks.ts';
import type { Report, Voice } from './evidence.ts';
import { LONGEST_DELAY, type Likelihood } from './likelihood.ts';
import type { MinuteGrid } from './minute-grid.ts';

/**
 * By minute of the grid: what customers who spoke say for being dark from then on, and how many calls and gasps that explains. From
 * `until` on nobody has said anything.
 */
export type VoiceSums = {
  /** How many times likelier, in units of `blocks`. */
  readonly loudness: Float64Array;
  readonly blocks: Int32Array;
  readonly callers: Int32Array;
  readonly gaspers: Int32Array;
  until: number;
};

export function emptyVoiceSums(columns: number): VoiceSums {
  return {
    loudness: new Float64Array(columns).fill(1),
    blocks: new Int32Array(columns),
    callers: new Int32Array(columns),
    gaspers: new Int32Array(columns),
    until: 0,
  };
}

export function clearVoiceSums(sums: VoiceSums): void {
  sums.loudness.fill(1, 0, sums.until);
  sums.blocks.fill(0, 0, sums.until);
  sums.callers.fill(0, 0, sums.until);
  sums.gaspers.fill(0, 0, sums.until);
  sums.until = 0;
}

export function logLoudness({ loudness, blocks }: VoiceSums, j: number): number {
  return Math.log(loudness[j] as number) + (blocks[j] as number) * LOG_BLOCK;
}

type VoiceInput = {
  readonly voice: Voice;
  readonly grid: MinuteGrid;
  readonly likelihood: Likelihood;
  readonly restored: number | undefined;
  /** Of a stray call in that minute, for one customer. */
  readonly strayCall: (minute: number) => number;
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
  { grid, likelihood, restored = -Infinity, strayCall }: VoiceInput,
  sums: VoiceSums,
  { kind, minute }: Report,
): void {
  const { minutes } = grid;
  const { loudness } = sums;
  const isCall = kind === 'call';
  const delay = isCall ? likelihood.callDelay : likelihood.gaspDelay;
  const stray = 1 / (isCall ? strayCall(minute) : likelihood.strayGasp);
  const speakers = isCall ? sums.callers : sums.gaspers;
  let j = 0;
  for (; j < minutes.length; j += 1) {
    const dark = minutes[j] as number;
    if (dark > minute) break;
    const age = minute - (dark > restored ? dark : restored);
    const value =
      (loudness[j] as number) * (delay[age < LONGEST_DELAY ? age : LONGEST_DELAY] as number) * stray;
    loudness[j] = value;
    if (value > LARGE || value < SMALL) shift(sums, j);
    speakers[j] = (speakers[j] as number) + 1;
  }
  if (j > sums.until) sums.until = j;
}

function shift({ loudness, blocks }: VoiceSums, j: number): void {
  const isLarge = (loudness[j] as number) > LARGE;
  loudness[j] = (loudness[j] as number) * (isLarge ? DOWN : UP);
  blocks[j] = (blocks[j] as number) + (isLarge ? 1 : -1);
}

function addSeveral(input: VoiceInput, sums: VoiceSums): void {
  const { voice, grid, likelihood, strayCall } = input;
  const { belief, callDelay, gaspDelay, strayGasp } = likelihood;
  const restored = input.restored ?? -Infinity;
  const calls = minutesOf(voice.reports, 'call');
  const gasps = minutesOf(voice.reports, 'last_gasp');
  const severalKinds =
    Number(calls.length > 0) + Number(gasps.length > 0) + Number(voice.pings.length > 0) > 1;
  const loudest = Math.exp(-belief.loudestCustomer);
  const strays = calls.map((minute) => 1 / strayCall(minute));
  for (let j = 0; j < grid.minutes.length; j += 1) {
    const dark = Math.max(grid.minutes[j] as number, restored);
    const call = firstFrom(calls, dark);
    const gasp = firstFrom(gasps, dark);
    let said = 1;
    let shares = 1;
    if (call < calls.length) {
      said *=
        (callDelay[Math.min((calls[call] as number) - dark, LONGEST_DELAY)] as number) *
        (strays[call] as number);
      shares *= MEAN_CALL_SHARE;
      sums.callers[j] = (sums.callers[j] as number) + 1;
    }
    if (gasp < gasps.length) {
      said *= (gaspDelay[Math.min((gasps[gasp] as number) - dark, LONGEST_DELAY)] as number) / strayGasp;
      shares *= MEAN_GASP_SHARE;
      sums.gaspers[j] = (sums.gaspers[j] as number) + 1;
    }
    if (voice.pings.length > 0) said *= pingsFrom(voice, dark, belief.ping, 'dark');
    if (severalKinds) said = soften(said * shares, loudest) / shares;
    if (voice.pings.length > 0) said *= pingsFrom(voice, dark, belief.ping, 'lit');
    const value = (sums.loudness[j] as number) * said;
    sums.loudness[j] = value;
    if (value > LARGE || value < SMALL) shift(sums, j);
  }
  sums.until = grid.minutes.length;
}

/** Typical shares, to judge how loud one customer is. */
const MEAN_CALL_SHARE = 0.2;
const MEAN_GASP_SHARE = 0.5;

/** One customer cannot say more than `1 / loudest`. */
function soften(said: number, loudest: number): number {
  return said * loudest < FAR_FROM_LOUD ? said : 1 / (1 / said + loudest);
}

const FAR_FROM_LOUD = Math.exp(-20);

function minutesOf(reports: readonly Report[], kind: Report['kind']): readonly number[] {
  return reports.filter((one) => one.kind === kind).map((one) => one.minute);
}

/** Place of the first minute that is not before `dark`; the length when there is none. */
function firstFrom(minutes: readonly number[], dark: number): number {
  let i = 0;
  while (i < minutes.length && (minutes[i] as number) < dark) i += 1;
  return i;
}

/** How many times likelier the answers are when dark. Each counts once: a meter that is wrong is wrong again. */
function pingsFrom(
  { pings }: Voice,
  dark: number,
  belief: Likelihood['belief']['ping'],
  said: 'lit' | 'dark',
): number {
  let [on, off, silent] = [false, false, false];
  for (const { minute, answer } of pings) {
    if (minute < dark) continue;
    if (answer === 'on') on = true;
    else if (answer === 'off') off = true;
    else silent = true;
  }
  if (said === 'lit') return on ? belief.onWhenDark / belief.onWhenLit : 1;
  if (off) return belief.offWhenDark / belief.offWhenLit;
  return silent ? belief.silentWhenDark / belief.silentWhenLit : 1;
}
