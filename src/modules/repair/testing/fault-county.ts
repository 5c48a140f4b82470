import assert from 'node:assert/strict';
import { DAY, MINUTE } from '#kernel/instant.ts';
import { acceptCase, dayStart, takeStep } from '#modules/case/index.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import type { MorningReport } from '../five-ones-api.ts';
import { morningReport } from '../five-ones-report.ts';

type Values = Readonly<Record<string, string | number | boolean>>;

/** The steps of a fault of low voltage, with the post that does each. */
const WAY = [
  ['judge', 'dispatcher'],
  ['dispatch', 'dispatcher'],
  ['accept', 'crew'],
  ['arrive', 'crew'],
  ['survey', 'worker'],
  ['safe', 'crew'],
  ['fix', 'worker'],
  ['restore', 'crew'],
] as const;

export type WayStep = (typeof WAY)[number][0];

/** A small county in which faults of low voltage are reported, mended and reported on in the morning. */
export async function faultCounty() {
  const county = await smallCounty();
  const { database, deps, must } = county;
  const call = await county.actor('call-taker');
  const people = {
    dispatcher: await county.actor('dispatcher'),
    crew: await county.actor('repair-lead'),
    worker: await county.actor('repair-worker'),
    control: await county.actor('control-officer'),
  };
  const households = await database.rows<{ id: string }>(sql`
    select h.id from households h join units u on u.company_id = h.company_id and u.id = h.station_id
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    where u.code = 'station-05' and p.area_class = 'rural' order by h.account_no limit 6`);

  const report = async (reader = people.control, daysBack = 0): Promise<MorningReport> => {
    const version = await deps.activeHandbook(database, county.companyId);
    assert.ok(version);
    const { now } = county.clock;
    return await morningReport(database, reader, version, { from: dayStart(now) - daysBack * DAY, now });
  };

  return {
    ...county,
    ...people,
    call,
    households,
    report,
    line: async (orderId: string) => {
      const found = (await report()).faults.find((one) => one.orderId === orderId);
      assert.ok(found);
      return found;
    },
    /** A household, by its place in the list, reports a fault; it is walked to the step named, ten minutes a step. */
    fault: async (
      household: number,
      until: WayStep | null,
      values: Partial<Record<WayStep, Values>> = {},
    ) => {
      const householdId = households[household]?.id ?? '';
      const intake = anIntake({ process: 'repair-low', channel: 'phone', householdId });
      const { orderId, caseId } = await must((tx) => acceptCase(tx, deps, call, intake));
      assert.ok(orderId);
      for (const [step, who] of WAY) {
        if (until === null) break;
        county.clock.advance(10 * MINUTE);
        await doStep(county, orderId, people[who], step, { values: values[step] ?? {} });
        if (step === until) break;
      }
      return { orderId, caseId };
    },
    /** The open step of an order, taken by its crew: what a way back begins with. */
    take: async (orderId: string, step: string, by = people.crew) => {
      const at = await database.one<{ seq: number; round: number }>(sql`
        select o.seq, t.round from orders o join tasks t on t.company_id = o.company_id and t.order_id = o.id
        where o.id = ${orderId} and t.step = ${step} and t.state = 'open'`);
      const ref = { step, caseId: null, round: at.round };
      const { seq } = await must((tx) => takeStep(tx, deps, by, { orderId, seq: at.seq, ref }));
      return { ref, seq };
    },
    /** Messages to the customer of a case, by template. */
    told: async (caseId: string, templates: readonly string[]) => {
      const rows = await database.rows<{ template: string; why: string | null }>(sql`
        select n.template, n.data ->> 'why' as why from outbox n
        where n.case_id = ${caseId} and n.template = any(${templates}::text[]) order by n.key`);
      return rows.map((one) => [one.template, one.why]);
    },
  };
}
