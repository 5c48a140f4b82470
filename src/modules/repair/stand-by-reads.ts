import { DAY, HOUR, type Instant } from '#kernel/instant.ts';
import { type Reader, realCase, realOrder } from '#modules/case/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { type Database, type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { DispatchView, StandByProposal } from './dispatch-api.ts';
import { type Board, factsOf, minutesOf } from './dispatch-board.ts';
import { listCasesOf, listPoints, type PointRead, sendingProcesses } from './dispatch-reads.ts';
import { baseSkillOf, voltageOf } from './domain/fault-needs.ts';
import type { DispatchProposal } from './domain/plan-dispatch.ts';
import { LEAST_PAST, type PastFault, proposeStandBys } from './domain/stand-by.ts';

/** Past faults that stand for those to come: enough that every town is among them. */
const MOST_PAST = 300;
const PAST_FROM = 365 * DAY;

type Past = { readonly at: number; readonly faults: Promise<readonly PastFault[]> };

/** The last faults of a company, read again every ten minutes: where they come from does not change faster. */
export function pastFaults(database: Database, clock: () => number) {
  const kept = new Map<string, Past>();
  const goodFor = 10 * 60_000;
  return async (reader: Reader, version: HandbookVersion): Promise<readonly PastFault[]> => {
    const known = kept.get(reader.companyId);
    if (known !== undefined && clock() - known.at < goodFor) return await known.faults;
    const faults = listPast(database, reader, version, await database.now());
    kept.set(reader.companyId, { at: clock(), faults });
    try {
      return await faults;
    } catch (error) {
      kept.delete(reader.companyId);
      throw error;
    }
  };
}

/** The newest repairs of a year that lie somewhere, drills left out. */
async function listPast(
  db: Db,
  reader: Reader,
  version: HandbookVersion,
  now: Instant,
): Promise<readonly PastFault[]> {
  const orders = await db.rows<{ id: string; process: string; faultClass: string | null }>(sql`
    select o.id, o.process, o.process_state #>> '{facts,faultClass}' as "faultClass" from orders o
    where o.company_id = ${reader.companyId} and o.process = any(${sendingProcesses(version)}::text[])
      and o.started_at >= ${timestamp(now - PAST_FROM)} and o.started_at <= ${timestamp(now)}
      and exists (select 1 from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
        where l.company_id = o.company_id and l.order_id = o.id and ${realCase()})
    order by o.started_at desc limit ${MOST_PAST}`);
  const cases = new Map(
    (
      await listCasesOf(
        db,
        reader,
        orders.map((order) => order.id),
        now,
      )
    ).map((row) => [row.orderId, row]),
  );
  return orders.flatMap(({ id, process, faultClass }) => {
    const of = cases.get(id);
    const definition = version.process(process);
    if (of === undefined || of.lon === null || of.lat === null || definition === undefined) return [];
    return [
      {
        at: { position: { longitude: of.lon, latitude: of.lat }, zone: of.zone ?? 'rural' },
        customers: of.customers,
        important: of.important,
        medical: of.medical,
        skills: [baseSkillOf({ voltage: voltageOf(definition), faultClass })],
      },
    ];
  });
}

/** Which idle crews should wait elsewhere, and who already does. */
export async function standBysOf(
  db: Db,
  companyId: string,
  { board, proposal }: { readonly board: Board; readonly proposal: DispatchProposal },
  past: readonly PastFault[],
): Promise<DispatchView['standBys']> {
  const { now, crews, version } = board;
  const points = await listPoints(db, companyId);
  const lastHour = await reportsSince(db, companyId, version, now - HOUR);
  const { facts, policy } = factsOf(board);
  const planned = new Set([...proposal.plan].flatMap(([crew, orders]) => (orders.length > 0 ? [crew] : [])));
  const asks = proposeStandBys(
    {
      now,
      crews: facts.crews.map((crew, i) => {
        const of = crews[i];
        const idle = of?.job === null && of.shift.kind === 'duty' && !planned.has(crew.id);
        return { ...crew, waitsAt: idle ? (of.standBy?.point.id ?? of.point.id) : null };
      }),
      places: points.map((point) => ({ id: point.id, at: placeOf(point) })),
      past,
      faultsPerHour: lastHour,
      minutes: (from, to) => minutesOf(board, from.position, to),
    },
    policy,
  );
  const named = (id: string) => {
    const point = points.find((one) => one.id === id);
    return { id, name: point?.name ?? '' };
  };
  return {
    past: past.length,
    leastPast: LEAST_PAST,
    lastHour,
    proposals: asks.map(
      ({ crew, place, gain: _gain, ...ask }): StandByProposal => ({
        ...ask,
        crewId: crew,
        point: named(place),
        ownGrid: crews.some((one) => one.id === crew && one.point.id === place),
      }),
    ),
  };
}

function placeOf({ lon, lat, zone }: PointRead) {
  return { position: { longitude: lon, latitude: lat }, zone };
}

async function reportsSince(
  db: Db,
  companyId: string,
  version: HandbookVersion,
  since: Instant,
): Promise<number> {
  const { n } = await db.one<{ n: number }>(sql`
    select count(*) as n from orders o where o.company_id = ${companyId}
      and o.process = any(${sendingProcesses(version)}::text[]) and o.started_at > ${timestamp(since)} and ${realOrder()}`);
  return n;
}
