import assert from 'node:assert/strict';
import type { StepRef } from '#modules/process/domain/index.ts';
import { sql } from '#platform/db/sql.ts';
import { acceptCase } from '../case-commands.ts';
import { anIntake, smallCounty } from './small-county.ts';

/** A county with inquiries that people do things with beside their steps. */
export async function casesAtWork() {
  const county = await smallCounty();
  const { database, deps, must } = county;
  const clerk = await county.actor('clerk');

  async function anInquiry(given: Parameters<typeof anIntake>[0] = {}) {
    const accepted = await must((tx) => acceptCase(tx, deps, clerk, anIntake(given)));
    assert.ok(accepted.orderId !== null);
    return { caseId: accepted.caseId, orderId: accepted.orderId };
  }

  async function openTask(orderId: string) {
    const row = await database.one<{
      step: string;
      case_id: string | null;
      round: number;
      seq: number;
      unit: string;
    }>(
      sql`select t.step, t.case_id, t.round, o.seq, u.code as unit from tasks t
        join orders o on o.company_id = t.company_id and o.id = t.order_id
        join units u on u.company_id = t.company_id and u.id = t.unit_id
        where t.order_id = ${orderId} and t.state = 'open' order by t.ready_at, t.id limit 1`,
    );
    const ref: StepRef = { step: row.step, caseId: row.case_id, round: row.round };
    return { seq: row.seq, ref, unit: row.unit };
  }

  async function isSeenBy(caseId: string, unitId: string): Promise<boolean> {
    const row = await database.maybe(sql`select 1 from case_access a
      where a.case_id = ${caseId} and a.unit_id = ${unitId} and a.until is null`);
    return row !== undefined;
  }

  async function openClocks(caseId: string) {
    return await database.rows<{ clock: string; due: number }>(sql`
      select k.clock, k.due_at as due from clocks k where k.case_id = ${caseId} and k.state = 'running' order by k.clock`);
  }

  return { county, database, deps, must, clerk, anInquiry, openTask, isSeenBy, openClocks };
}
