import type { Instant } from '#kernel/instant.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import type { Loop } from '#platform/loop.ts';
import type { Outside } from '#platform/outside.ts';
import type { Outcome } from '#platform/sms/sms-gateway.ts';
import { type ComposeDeps, type Composed, compose } from './compose.ts';
import { type QuietHours, quietUntil, retryAfter } from './domain/index.ts';
import { enqueue } from './outbox-store.ts';
import {
  type Channel,
  type Claimed,
  claim,
  countFailure,
  countSuccess,
  keepDemo,
  listDueCompanies,
  listKeepers,
  postpone,
  ringBells,
  settle,
  takeRoom,
} from './relay-store.ts';
import { templates } from './templates.ts';

export type RelayDeps = Omit<ComposeDeps, 'publicUrl'> & {
  readonly database: Database;
  readonly outside: Outside;
};

const TICK_MS = 200;
/** Messages that wait for one gateway's answer at once: a slow one holds up its own channel and nothing else. */
const AT_ONCE: Readonly<Record<Channel, number>> = { sms: 16, mail: 4 };
/** Failures in a row that mean "the gateway is down" and not "a message was unlucky". */
const ALARM_AFTER = 3;

const HAZARDS = Object.entries(templates).flatMap(([id, { class: kind }]) => (kind === 'hazard' ? [id] : []));

/**
 * Sends what stands in the outbox: claims due rows under a lease, puts each text together, hands it to its gateway and
 * writes what became of it. Runs in every process. A kill -9 between claim and answer leaves a leased row, which another
 * relay takes over when the lease ends, with the same id towards the gateway.
 */
export function outboxRelay(deps: RelayDeps): Loop {
  const underWay: Record<Channel, Set<Promise<void>>> = { sms: new Set(), mail: new Set() };
  const faults: unknown[] = [];

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
      for (const row of rows) start(channel, row);
    }
  }

  /** Not awaited: the next turn comes in 200 ms whatever the gateway does. */
  function start(channel: Channel, row: Claimed): void {
    const one = deliver(deps, row)
      .catch((error: unknown) => void faults.push(error))
      .finally(() => underWay[channel].delete(one));
    underWay[channel].add(one);
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
  const quiet = quietUntil(tx.now, await quietHours(tx, deps, companyId));
  if (quiet !== undefined && channel === 'sms') await postpone(tx, companyId, channel, quiet, HAZARDS);
  const limit = await takeRoom(tx, companyId, channel, room);
  return limit === 0 ? [] : await claim(tx, companyId, channel, limit);
}

/** R108-quiet-from and R108-quiet-to of the handbook in force; without a handbook no hour is quiet. */
async function quietHours(tx: Tx, { handbook }: RelayDeps, companyId: string): Promise<QuietHours> {
  const limits = (await handbook.active(tx, companyId))?.handbook.limits ?? [];
  const hour = (id: string) => limits.find((limit) => limit.id === id)?.value ?? 0;
  return { from: hour('R108-quiet-from'), to: hour('R108-quiet-to') };
}

async function deliver(deps: RelayDeps, row: Claimed): Promise<void> {
  const { database, outside, handbook } = deps;
  const gateway = outside[row.channel];
  if (gateway === null) return;
  const unsafe = row.inDoubt && !gateway.repeatable;
  const known = templates[row.template] !== undefined;
  const message =
    unsafe || !known
      ? undefined
      : await database.transaction((tx) => compose(tx, { handbook, publicUrl: outside.publicUrl }, row));
  if (message === undefined) {
    const fault = unsafe ? 'outcome-unknown' : known ? 'no-receiver' : 'unknown-template';
    await database.transaction((tx) => endUnsent(tx, row, fault));
    return;
  }
  const outcome = await send(outside, row, message);
  await database.transaction((tx) => write(tx, row, message, outcome, gateway));
}

async function send(outside: Outside, row: Claimed, { to, subject, text }: Composed): Promise<Outcome> {
  const { id, channel } = row;
  const sent =
    channel === 'sms'
      ? outside.sms?.send({ id, phone: to, text })
      : outside.mail?.send({ id, address: to, subject, text });
  return (await sent) ?? { kind: 'failed', code: 'gateway.none' };
}

type Unsent = 'outcome-unknown' | 'no-receiver' | 'unknown-template';

/**
 * Nobody to send it to; or a person must look: it may have been sent by a gateway that could not recognise a second copy,
 * or a newer program wrote it.
 */
async function endUnsent(tx: Tx, row: Claimed, fault: Unsent): Promise<void> {
  const state = fault === 'no-receiver' ? 'withdrawn' : 'failed';
  await settle(tx, row, { state, fault, gatewayId: null, retrySeconds: null });
}

async function write(
  tx: Tx,
  row: Claimed,
  message: Composed,
  outcome: Outcome,
  gateway: { readonly repeatable: boolean; readonly demo: boolean },
): Promise<void> {
  if (outcome.kind === 'sent') {
    const { gatewayId } = outcome;
    const { said } = message;
    const ours = await settle(tx, row, { state: 'sent', fault: null, gatewayId, retrySeconds: null, said });
    if (ours && gateway.demo) await keepDemo(tx, row, message);
    const downSince = ours ? await countSuccess(tx, row) : undefined;
    if (downSince !== undefined) await alarm(tx, row, 'gateway-up', downSince);
    return;
  }
  const lost = outcome.kind === 'unknown' && !gateway.repeatable;
  const retrySeconds = lost ? null : (retryAfter(outcome.kind, row.attempts) ?? null);
  const state = retrySeconds === null ? 'failed' : 'waiting';
  const ours = await settle(tx, row, { state, fault: outcome.code, gatewayId: null, retrySeconds });
  // A message that the gateway says no to counts once: a single wrong number is no outage.
  if (!ours || (outcome.kind === 'rejected' && row.attempts > 1)) return;
  const gaveUp = state === 'failed' && outcome.kind !== 'rejected' && !lost;
  const downSince = await countFailure(tx, row, ALARM_AFTER, gaveUp);
  if (downSince !== undefined) await alarm(tx, row, 'gateway-down', downSince);
}

/** To the desks of those who look after gateways; once an outage and person, because the key says so. */
async function alarm(tx: Tx, row: Claimed, template: string, since: Instant): Promise<void> {
  const keepers = await listKeepers(tx, row.companyId);
  await enqueue(
    tx,
    row.companyId,
    keepers.map((personId) => ({
      key: `${template}:${row.channel}:${since}:${personId}`,
      channel: 'desk',
      template,
      to: { personId },
      data: { channel: row.channel, since },
    })),
  );
}
