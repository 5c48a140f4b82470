import type { FeederEvidence, Report, Voice } from './evidence.ts';
import type { Network } from './network.ts';
import type { OpenDevice } from './open-devices.ts';
import { columnAt } from './opening-prior.ts';
import type { Weighed } from './weigh.ts';

/** The reports of one open device, or of one customer who stays alone (`open` undefined). */
export type Bundle = {
  readonly open: OpenDevice | undefined;
  readonly customer: number | undefined;
  readonly posterior: number;
  readonly reports: Report[];
};

/** A report stays with the device above it unless that device was almost certainly still closed when it came. */
export const CLOSED_STILL = 0.03;

/** Each report that is not done goes into exactly one bundle: that of the open device above its customer, or his own. */
export function attach(
  network: Network,
  evidence: FeederEvidence,
  weighed: Weighed,
  open: readonly OpenDevice[],
  litAt: (device: number) => number,
): readonly Bundle[] {
  const bundles = open.map(
    (one): Bundle => ({ open: one, customer: undefined, posterior: one.posterior, reports: [] }),
  );
  const byDevice = new Map(bundles.map((one) => [deviceOf(weighed, one.open), one]));
  const alone: Bundle[] = [];
  for (const voice of evidence.voices.values()) {
    const device = network.customerDevice[voice.customer] as number;
    const bundle = firstAbove(network, device, byDevice);
    if (bundle?.open === undefined) {
      const own = [...voice.own, ...voice.reports];
      if (own.length > 0) alone.push(ownBundle(voice, own, litAt(device)));
      continue;
    }
    const dark = darkening(network, weighed, bundle.open, device);
    const before = voice.past.length + voice.own.length > 0;
    const stillDark = before && wasDarkAlready(network, evidence, weighed, dark, device);
    if (stillDark) bundle.reports.push(...voice.past, ...voice.own);
    const own: Report[] = stillDark ? [] : [...voice.own];
    for (const report of voice.reports)
      (isExplained(weighed, dark, report) ? bundle.reports : own).push(report);
    if (own.length > 0) alone.push(ownBundle(voice, own, closedYet(weighed, dark, own)));
  }
  for (const one of bundles) one.reports.sort((a, b) => a.place - b.place);
  return [...bundles, ...alone];
}

function deviceOf({ nodes }: Weighed, open: OpenDevice | undefined): number {
  return nodes[open?.node ?? -1]?.device ?? -1;
}

function firstAbove<T>(network: Network, device: number, found: ReadonlyMap<number, T>): T | undefined {
  for (let d = device; d >= 0; d = network.parent[d] as number) {
    const one = found.get(d);
    if (one !== undefined) return one;
  }
  return undefined;
}

/** The open devices between the topmost one and a customer: whichever went first took his supply. */
function darkening(
  network: Network,
  weighed: Weighed,
  open: OpenDevice,
  device: number,
): readonly OpenDevice[] {
  const below = open.nested.filter((one) => {
    const d = deviceOf(weighed, one);
    return d <= device && device < (network.end[d] as number);
  });
  return [open, ...below.flatMap((one) => darkening(network, weighed, one, device))];
}

function isExplained({ grid }: Weighed, dark: readonly OpenDevice[], report: Report): boolean {
  const column = columnAt(grid, report.minute);
  return dark.some((one) => one.openBy(column) > CLOSED_STILL);
}

/** What he said before a restoration counts again when he has been dark since. */
function wasDarkAlready(
  network: Network,
  evidence: FeederEvidence,
  { grid }: Weighed,
  dark: readonly OpenDevice[],
  device: number,
): boolean {
  let restored = -Infinity;
  for (let d = device; d >= 0; d = network.parent[d] as number)
    restored = Math.max(restored, evidence.news.get(d)?.restored ?? -Infinity);
  return dark.some((one) => (grid.minutes[one.column] as number) < restored);
}

function ownBundle({ customer }: Voice, own: readonly Report[], posterior: number): Bundle {
  return { open: undefined, customer, posterior, reports: [...own] };
}

/** Probability that the devices above were still closed when the first of these reports came. */
function closedYet({ grid }: Weighed, dark: readonly OpenDevice[], own: readonly Report[]): number {
  const column = columnAt(grid, own[0]?.minute ?? 0);
  return 1 - Math.max(...dark.map((one) => one.openBy(column)));
}
