export { caseNumber } from './case-number.ts';
export { leadUnitOf } from './lead-unit.ts';
