import { refuse, type Refusal } from '#kernel/result.ts';
import type { Answer, OutageEvent } from './evidence.ts';
import { isName, isRecord, type Network } from './network.ts';

/** One line of `dafuwu infer`: an event, a question, or the settings. */
export type InferLine =
  | OutageEvent
  | { readonly kind: 'ask'; readonly at: number }
  | { readonly kind: 'settings'; readonly faultsPerFeederHour: number | undefined };

type Given = Readonly<Record<string, unknown>>;

/** Seconds on any clock: since the start of the storm or since 1970. */
const LARGEST_TIME = 1e11;

export function readInferLine(network: Network, value: unknown): InferLine | Refusal {
  if (!isRecord(value)) return refuse('infer.bad-request');
  const { kind, t } = value;
  if (kind === 'settings') return readSettings(value);
  if (!KINDS.includes(String(kind))) return refuse('infer.unknown-event', { kind: String(kind) });
  if (typeof t !== 'number' || !(Math.abs(t) <= LARGEST_TIME)) return refuse('infer.bad-time');
  if (kind === 'ask') return { kind, at: t };
  if (kind === 'call' || kind === 'last_gasp') return readReport(network, value, kind, t);
  return kind === 'ping' ? readPing(network, value, t) : readDeviceEvent(network, value, t);
}

const KINDS = ['call', 'last_gasp', 'ping', 'telemetry', 'restored', 'ask'];

function readSettings({ faults_per_feeder_hour: faults }: Given): InferLine | Refusal {
  if (faults !== undefined && (typeof faults !== 'number' || !(faults > 0 && faults <= 1000)))
    return refuse('infer.bad-settings');
  return { kind: 'settings', faultsPerFeederHour: faults };
}

function readReport(
  network: Network,
  { id, customer }: Given,
  kind: 'call' | 'last_gasp',
  at: number,
): InferLine | Refusal {
  if (!isName(id)) return refuse('infer.no-id');
  const known = numberOf(network.customerNamed, customer);
  if (known === undefined) return refuse('infer.unknown-customer', { customer: nameOf(customer) });
  return { kind, at, id, customer: known };
}

function readPing(network: Network, { customer, answer }: Given, at: number): InferLine | Refusal {
  const known = numberOf(network.customerNamed, customer);
  if (known === undefined) return refuse('infer.unknown-customer', { customer: nameOf(customer) });
  if (!isAnswer(answer)) return refuse('infer.bad-answer');
  return { kind: 'ping', at, customer: known, answer };
}

function isAnswer(value: unknown): value is Answer {
  return value === 'on' || value === 'off' || value === 'silent';
}

function readDeviceEvent(network: Network, { kind, device, state }: Given, at: number): InferLine | Refusal {
  const known = numberOf(network.deviceNamed, device);
  if (known === undefined) return refuse('infer.no-such-device', { device: nameOf(device) });
  if (kind === 'restored') return { kind, at, device: known };
  if (state !== 'open' && state !== 'closed') return refuse('infer.bad-state');
  return { kind: 'telemetry', at, device: known, state };
}

function numberOf(named: ReadonlyMap<string, number>, name: unknown): number | undefined {
  return isName(name) ? named.get(String(name)) : undefined;
}

function nameOf(name: unknown): string | number {
  return isName(name) ? name : String(name);
}
