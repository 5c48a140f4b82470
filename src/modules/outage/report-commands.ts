import { HOUR, type Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import type { Tx } from '#platform/db/db.ts';
import { judgeMeterLines, type MeterPolicy } from './domain/index.ts';
import type { LineOutcome, MeterEventsAnswer, MeterLine, ReportBody, ReportTaken } from './report-api.ts';
import { type NewReport, reportStore } from './report-store.ts';

export type AskedReport = { readonly key: string; readonly body: ReportBody };

/**
 * Reports of missing supply, many in one statement: what is made of them is decided beside the requests (live-inference.ts). One that
 * came before under its key answers what it answered then. Refusals, each of one report: `outage.household-unknown`,
 * `outage.from-future`.
 */
export async function absorbReports(
  tx: Tx,
  companyId: string,
  asked: readonly AskedReport[],
  { fast }: Pick<MeterPolicy, 'fast'>,
): Promise<readonly (ReportTaken | Refusal)[]> {
  const store = reportStore(tx, companyId);
  const meters = await store.metersOf(asked.map(({ body }) => body.householdId));
  const judged = asked.map((one) => judge(one, meters, fast, tx.now));
  const fit = judged.filter((one): one is NewReport => !('refused' in one));
  const ids = await store.insert(fit);
  const answers = new Map(fit.map((one, i) => [one, ids[i]]));
  const taken: (ReportTaken | Refusal)[] = [];
  for (const one of judged) {
    if ('refused' in one) {
      taken.push(one);
      continue;
    }
    const id = answers.get(one);
    // Seldom: a sender who tries again with a new request.
    const earlier = id ?? (await store.findByKey(one.source, one.key));
    taken.push(earlier === undefined ? refuse('http.not-found') : { id: earlier, again: id === undefined });
  }
  return taken;
}

function judge(
  { key, body }: AskedReport,
  meters: ReadonlyMap<string, string | null>,
  fast: number,
  now: Instant,
): NewReport | Refusal {
  const meterId = meters.get(body.householdId);
  if (meterId === undefined) return refuse('outage.household-unknown');
  const { source, says, householdId, at = now } = body;
  if (at > now + fast) return refuse('outage.from-future');
  return { source, key: body.key ?? key, says, householdId, meterId, deviceId: null, at: Math.min(at, now) };
}

/**
 * Lines of a head-end: each is answered, and those that are no good leave nothing and spoil nothing of the others. That the head-end was
 * there is kept as well.
 */
export async function absorbMeterEvents(
  tx: Tx,
  { companyId, keyId }: { readonly companyId: string; readonly keyId: string | null },
  lines: readonly MeterLine[],
  policy: MeterPolicy,
): Promise<MeterEventsAnswer> {
  const store = reportStore(tx, companyId);
  const found = await store.findMeters([...new Set(lines.flatMap(({ meter }) => meter ?? []))]);
  const devices = await store.findDevices([...new Set(lines.flatMap(({ device }) => device ?? []))]);
  const judged = judgeMeterLines(
    lines,
    {
      meters: new Map(found.map(({ number, meterId, householdId }) => [number, { meterId, householdId }])),
      devices: new Map(devices.map(({ code, id }) => [code, id])),
      lastState: new Map(devices.flatMap(({ code, lastAt }) => (lastAt === null ? [] : [[code, lastAt]]))),
      lastOn: new Map(found.flatMap(({ number, lastOn }) => (lastOn === null ? [] : [[number, lastOn]]))),
    },
    policy,
    tx.now,
  );
  const kept = judged.flatMap((one, line) => ('key' in one ? [{ one, line }] : []));
  const ids = await store.insert(
    kept.map(({ one: { outcome, ...report } }) => ({ ...report, unheard: outcome === 'overtaken' })),
  );
  const again = new Set(kept.filter((_, i) => ids[i] === undefined).map(({ line }) => line));
  if (keyId !== null) await store.noteContact(keyId);
  const outcomes = judged.map(({ outcome }, i): LineOutcome => (again.has(i) ? 'again' : outcome));
  return {
    taken: outcomes.filter((outcome) => outcome === 'taken').length,
    lines: outcomes.map((outcome, i) => ({ line: i + 1, outcome })),
  };
}

/** A customer who took the answer that it is known, and made no case: once for each outage, however often he says so. */
export async function hearWithoutCase(
  tx: Tx,
  companyId: string,
  {
    source,
    householdId,
    incidentId,
  }: { readonly source: 'page' | 'sms'; readonly householdId: string; readonly incidentId: string },
): Promise<void> {
  const store = reportStore(tx, companyId);
  const meterId = (await store.metersOf([householdId])).get(householdId) ?? null;
  const key = `known ${householdId} ${incidentId}`;
  await store.insert([{ source, key, says: 'off', householdId, meterId, deviceId: null, at: tx.now }]);
}

/** What a customer answered to our SMS: that he has supply, or that he has none. The same answer within the hour says nothing new. */
export async function hearReply(
  tx: Tx,
  companyId: string,
  { householdId, says }: { readonly householdId: string; readonly says: 'on' | 'off' },
): Promise<void> {
  const store = reportStore(tx, companyId);
  const meterId = (await store.metersOf([householdId])).get(householdId) ?? null;
  const key = `reply ${says} ${householdId} ${Math.floor(tx.now / HOUR)}`;
  await store.insert([{ source: 'sms', key, says, householdId, meterId, deviceId: null, at: tx.now }]);
}
