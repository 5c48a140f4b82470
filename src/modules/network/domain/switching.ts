import { HOUR, type Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { type NetworkDevice, SWITCHABLE } from './device.ts';
import { topologyOf } from './topology.ts';

export const SWITCHING_REASONS = [
  'maintenance',
  'transfer',
  'trip',
  'isolation',
  'emergency',
  'restoration',
  'other',
] as const;

export type SwitchingReason = (typeof SWITCHING_REASONS)[number];

/** How much later than it happened a switching may still be entered: what is believed of the field (design §2). */
const ENTERED_WITHIN = 12 * HOUR;

export type SwitchingFacts = {
  readonly device: Pick<NetworkDevice, 'id' | 'kind'>;
  readonly isOpen: boolean;
  /** When the device was switched last. */
  readonly lastAt: Instant | null;
  readonly devices: readonly NetworkDevice[];
  readonly open: ReadonlySet<string>;
  /** Devices at which a crew has laid earths. */
  readonly earthed: ReadonlySet<string>;
};

export type Switching = { readonly open: boolean; readonly at: Instant; readonly acceptRing: boolean };

export type SwitchingEffect = {
  /** Devices whose lower end is without supply before and after. */
  readonly darkBefore: readonly string[];
  readonly darkAfter: readonly string[];
  /** Closing it supplies something from two sides. */
  readonly closesRing: boolean;
};

/** What opening or closing this device would change now. */
export function switchingEffect(
  { device, devices, open }: Pick<SwitchingFacts, 'device' | 'devices' | 'open'>,
  opens: boolean,
): SwitchingEffect {
  const then = new Set(open);
  if (opens) then.add(device.id);
  else then.delete(device.id);
  const [before, after] = [topologyOf(devices, open), topologyOf(devices, then)];
  return {
    darkBefore: before.dark(),
    darkAfter: after.dark(),
    closesRing: !opens && after.ringClosers().length > before.ringClosers().length,
  };
}

/**
 * Whether a switching can be recorded, and what it changes. Refusals: `network.not-switchable`, `network.stale` (it is so already),
 * `network.bad-moment` (in the future, over twelve hours ago, or before the last switching of the device), `network.earthed` (it would give
 * supply to a place where earths lie), `network.would-ring` unless the ring is accepted.
 */
export function decideSwitching(
  facts: SwitchingFacts,
  switching: Switching,
  now: Instant,
): SwitchingEffect | Refusal {
  if (!SWITCHABLE.has(facts.device.kind)) return refuse('network.not-switchable');
  if (facts.isOpen === switching.open) return refuse('network.stale');
  const tooEarly = switching.at < now - ENTERED_WITHIN || switching.at <= (facts.lastAt ?? -Infinity);
  if (tooEarly || switching.at > now) return refuse('network.bad-moment');
  const effect = switchingEffect(facts, switching.open);
  const earth = livens(effect).find((id) => facts.earthed.has(id));
  if (earth !== undefined) return refuse('network.earthed', { device: earth });
  return effect.closesRing && !switching.acceptRing ? refuse('network.would-ring') : effect;
}

/** What had no supply and gets it. */
function livens({ darkBefore, darkAfter }: SwitchingEffect): readonly string[] {
  const dark = new Set(darkAfter);
  return darkBefore.filter((id) => !dark.has(id));
}
