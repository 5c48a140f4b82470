export { caseNumber, numbersMeant, type NumbersMeant } from './case-number.ts';
export { leadUnitOf } from './lead-unit.ts';
export { type RebuiltCase, type RecordedCaseEvent, rebuildCase } from './rebuild-case.ts';
