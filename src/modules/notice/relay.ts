import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Loop } from '#platform/loop.ts';
import { deliverer, type RelayDeps } from './deliver.ts';
import { type QuietHours, quietUntil } from './domain/index.ts';
import {
  type Channel,
  type Claimed,
  claim,
  listDueCompanies,
  postpone,
  ringBells,
  takeRoom,
} from './relay-store.ts';
import type { Template } from './template.ts';
import { templates } from './templates.ts';

const TICK_MS = 200;
/** Messages that wait for one gateway's answer at once: a slow one holds up its own channel and nothing else. */
const AT_ONCE: Readonly<Record<Channel, number>> = { sms: 16, mail: 4 };

const HAZARDS = ofClass('hazard');
const NEIGHBOURS = ofClass('neighbour');

/**
 * Sends what stands in the outbox: claims due rows under a lease, puts each text together, hands it to its gateway and
 * writes what became of it. Runs in every process. A kill -9 between claim and answer leaves a leased row, which another
 * relay takes over when the lease ends, with the same id towards the gateway.
 */
export function outboxRelay(deps: RelayDeps): Loop {
  const underWay: Record<Channel, Set<Promise<void>>> = { sms: new Set(), mail: new Set() };
  const faults: unknown[] = [];
  const deliver = deliverer(deps);

  async function turn(): Promise<void> {
    await deps.database.transaction(ringBells);
    await relayChannel('sms');
    await relayChannel('mail');
    const fault = faults.shift();
    if (fault !== undefined) throw fault;
  }

  async function relayChannel(channel: Channel): Promise<void> {
    if (deps.outside[channel] === null) return;
    const now = await deps.database.now();
    for (const companyId of await listDueCompanies(deps.database, channel, now)) {
      const room = AT_ONCE[channel] - underWay[channel].size;
      if (room <= 0) return;
      const rows = await deps.database.transaction((tx) => claimDue(tx, deps, companyId, channel, room));
      start(channel, rows);
    }
  }

  /** Not awaited: the next turn comes in 200 ms whatever the gateway does. */
  function start(channel: Channel, rows: readonly Claimed[]): void {
    for (const delivery of deliver(rows)) {
      const one = delivery
        .catch((error: unknown) => void faults.push(error))
        .finally(() => underWay[channel].delete(one));
      underWay[channel].add(one);
    }
  }

  return {
    name: 'outbox',
    everyMs: TICK_MS,
    turn,
    async finish() {
      await Promise.all([...underWay.sms, ...underWay.mail]);
    },
  };
}

async function claimDue(
  tx: Tx,
  deps: RelayDeps,
  companyId: string,
  channel: Channel,
  room: number,
): Promise<readonly Claimed[]> {
  if (channel === 'sms') await waitForMorning(tx, deps, companyId);
  const limit = await takeRoom(tx, companyId, channel, room);
  return limit === 0 ? [] : await claim(tx, companyId, channel, limit);
}

/** What may not disturb now goes in the morning: the quiet hours of messages (R108), and the night of those who asked nothing (R013). */
async function waitForMorning(tx: Tx, { handbook }: RelayDeps, companyId: string): Promise<void> {
  const limits = (await handbook.active(tx, companyId))?.handbook.limits ?? [];
  const quiet = quietUntil(tx.now, hoursOf(limits, 'R108-quiet'));
  const night = quietUntil(tx.now, hoursOf(limits, 'R013-night'));
  if (quiet !== undefined)
    await postpone(tx, companyId, quiet, sql`outbox.template <> all(${[...HAZARDS, ...NEIGHBOURS]}::text[])`);
  if (night !== undefined)
    await postpone(
      tx,
      companyId,
      night,
      sql`outbox.template = any(${NEIGHBOURS}::text[]) and not coalesce((outbox.data -> 'asked')::boolean, false)`,
    );
}

/** Without a handbook no hour is quiet. */
function hoursOf(
  limits: readonly { readonly id: string; readonly value: number }[],
  name: string,
): QuietHours {
  const hour = (id: string) => limits.find((limit) => limit.id === id)?.value ?? 0;
  return { from: hour(`${name}-from`), to: hour(`${name}-to`) };
}

function ofClass(kind: Template['class']): readonly string[] {
  return Object.entries(templates).flatMap(([id, one]) => (one.class === kind ? [id] : []));
}
