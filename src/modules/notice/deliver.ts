import type { Instant } from '#kernel/instant.ts';
import { batcher } from '#platform/batcher.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import type { Outside } from '#platform/outside.ts';
import type { Outcome } from '#platform/sms/sms-gateway.ts';
import { type ComposeDeps, type Composed, compose } from './compose.ts';
import { retryAfter } from './domain/index.ts';
import { enqueue } from './outbox-store.ts';
import {
  type Attempt,
  type Claimed,
  countFailure,
  countSuccess,
  keepDemo,
  listKeepers,
  settle,
} from './relay-store.ts';
import { templates } from './templates.ts';

export type RelayDeps = Omit<ComposeDeps, 'publicUrl'> & {
  readonly database: Database;
  readonly outside: Outside;
};

/** Failures in a row that mean "the gateway is down" and not "a message was unlucky". */
const ALARM_AFTER = 3;

type Gateway = { readonly repeatable: boolean; readonly demo: boolean };
type Unsent = 'outcome-unknown' | 'no-receiver' | 'unknown-template';

/** What became of one message: it was handed to its gateway, or could not be. */
type Delivered = { readonly row: Claimed } & (
  | { readonly unsent: Unsent }
  | { readonly message: Composed; readonly outcome: Outcome; readonly gateway: Gateway }
);

/**
 * Puts messages together, hands each to its gateway, and writes what became of it. Together as far as nobody waits for
 * somebody else's gateway: one message alone costs eleven statements in three transactions, and at two hundred demands a
 * second that was half of all the work (measured).
 */
export function deliverer(deps: RelayDeps): (rows: readonly Claimed[]) => readonly Promise<void>[] {
  const { database, outside } = deps;
  const writeDown = (delivered: readonly Delivered[]) => database.transaction((tx) => write(tx, delivered));
  const written = batcher(async (delivered: readonly Delivered[]) => {
    try {
      await writeDown(delivered);
      return delivered.map(() => undefined);
    } catch (error) {
      if (delivered.length === 1) throw error;
      return delivered.map((one) => writeDown([one]));
    }
  });

  async function deliver(row: Claimed, composed: () => Promise<Messages>): Promise<void> {
    const gateway = outside[row.channel];
    if (gateway === null) return;
    if (isUnsafe(deps, row)) return await written({ row, unsent: 'outcome-unknown' });
    if (!isKnown(row)) return await written({ row, unsent: 'unknown-template' });
    const message = (await composed()).get(row.id);
    if (message === undefined) return await written({ row, unsent: 'no-receiver' });
    const outcome = await send(outside, row, message);
    await written({ row, message, outcome, gateway });
  }

  return (rows) => {
    const together = composeAll(
      deps,
      rows.filter((row) => isKnown(row) && !isUnsafe(deps, row)),
    );
    // One that cannot be put together holds up no other.
    return rows.map((row) => deliver(row, () => together.catch(() => composeAll(deps, [row]))));
  };
}

type Messages = ReadonlyMap<string, Composed>;

async function composeAll(
  { database, handbook, vault, outside }: RelayDeps,
  rows: readonly Claimed[],
): Promise<Messages> {
  if (rows.length === 0) return new Map();
  return await database.transaction((tx) =>
    compose(tx, { handbook, vault, publicUrl: outside.publicUrl }, rows),
  );
}

function isKnown(row: Claimed): boolean {
  return templates[row.template] !== undefined;
}

/** It may have been sent, by a gateway that could not recognise a second copy: a person must look. */
function isUnsafe({ outside }: RelayDeps, row: Claimed): boolean {
  return row.inDoubt && outside[row.channel]?.repeatable !== true;
}

async function send(outside: Outside, row: Claimed, { to, subject, text }: Composed): Promise<Outcome> {
  const { id, channel } = row;
  const sent =
    channel === 'sms'
      ? outside.sms?.send({ id, phone: to, text })
      : outside.mail?.send({ id, address: to, subject, text });
  return (await sent) ?? { kind: 'failed', code: 'gateway.none' };
}

/** Settles the rows at once, then tells the gateways' health in the order in which they answered. */
async function write(tx: Tx, delivered: readonly Delivered[]): Promise<void> {
  const ours = await settle(
    tx,
    delivered.map((one) => ({ row: one.row, ...attemptOf(one) })),
  );
  const answered = delivered.flatMap((one) => (ours.has(one.row.id) && 'outcome' in one ? [one] : []));
  await keepDemo(
    tx,
    answered.filter((one) => one.outcome.kind === 'sent' && one.gateway.demo),
  );
  const working = new Set<string>();
  for (const { row, outcome, gateway } of answered) {
    const key = `${row.companyId} ${row.channel}`;
    if (outcome.kind === 'sent') {
      if (!working.has(key)) await tellWorks(tx, row);
      working.add(key);
      continue;
    }
    working.delete(key);
    await tellFails(tx, row, outcome, gateway);
  }
}

function attemptOf(one: Delivered): Attempt {
  // Nobody to send it to; or a person must look: the outcome of an earlier try is not known, or a newer program wrote it.
  if ('unsent' in one)
    return { ...NOTHING, state: one.unsent === 'no-receiver' ? 'withdrawn' : 'failed', fault: one.unsent };
  const { row, message, outcome, gateway } = one;
  if (outcome.kind === 'sent')
    return { ...NOTHING, state: 'sent', gatewayId: outcome.gatewayId, said: message.said };
  const retrySeconds = isLost(outcome, gateway) ? null : (retryAfter(outcome.kind, row.attempts) ?? null);
  return {
    ...NOTHING,
    state: retrySeconds === null ? 'failed' : 'waiting',
    fault: outcome.code,
    retrySeconds,
  };
}

const NOTHING = { fault: null, gatewayId: null, retrySeconds: null, said: {} };

function isLost(outcome: Outcome, { repeatable }: Gateway): boolean {
  return outcome.kind === 'unknown' && !repeatable;
}

async function tellWorks(tx: Tx, row: Claimed): Promise<void> {
  const downSince = await countSuccess(tx, row);
  if (downSince !== undefined) await alarm(tx, row, 'gateway-up', downSince);
}

async function tellFails(
  tx: Tx,
  row: Claimed,
  outcome: Exclude<Outcome, { kind: 'sent' }>,
  gateway: Gateway,
): Promise<void> {
  // A message that the gateway says no to counts once: a single wrong number is no outage.
  if (outcome.kind === 'rejected' && row.attempts > 1) return;
  const lost = isLost(outcome, gateway);
  const gaveUp = outcome.kind !== 'rejected' && !lost && retryAfter(outcome.kind, row.attempts) === undefined;
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
