export type { Evaluation } from './evaluation.ts';
export { caseNumber, numbersMeant } from './case-number.ts';
export { leadUnitOf } from './lead-unit.ts';
export { type RebuiltCase, rebuildCase } from './rebuild-case.ts';
export { emptyIntake } from './empty-intake.ts';
