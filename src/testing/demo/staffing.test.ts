import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { isRefusal } from '#kernel/result.ts';
import { checkHandbook, readHandbookFolder } from '#modules/process/index.ts';
import { unitOfStep } from '#modules/process/domain/index.ts';
import { leadUnitOf } from '#modules/case/domain/index.ts';
import { demoCompany } from './demo-company.ts';

const HANDBOOK = join(import.meta.dirname, '..', '..', '..', 'handbook');
const { handbook } = checkHandbook(await readHandbookFolder(HANDBOOK));
assert.ok(handbook);
const { staff, units } = demoCompany();

/** A step whose post nobody holds would go to the control centre's duty officer; in the demonstration none has to. */
test('every step of every process has somebody on its post, wherever the demand was taken in', () => {
  const empty = handbook.processes.flatMap((process) =>
    process.steps.flatMap((step) =>
      ['hall-centre', 'control-centre', 'station-05'].flatMap((intakeUnit) => {
        const leadUnit = leadUnitOf(process, null);
        const unit = unitOfStep(step, { intakeUnit, stationUnit: 'station-05', leadUnit, accusedUnits: [] });
        assert.ok(!isRefusal(unit));
        const places = [unit, step.unit.otherwise, leadUnit];
        // The first asked does what his own unit tells the customer, whatever his post.
        if (step.on === 'case' && step.unit.rule === 'intake') return [];
        return places.some((place) => place !== undefined && isStaffed(place, step.post))
          ? []
          : [`${process.id}/${step.id}: ${step.post} in ${unit}`];
      }),
    ),
  );
  assert.deepEqual([...new Set(empty)], []);
});

function isStaffed(code: string, post: string): boolean {
  const unit = units.byCode(code);
  return staff.some(
    (person) =>
      person.post === post &&
      (person.unit.id === unit.id || person.unit.parentId === unit.id || person.alsoIn?.id === unit.id),
  );
}
