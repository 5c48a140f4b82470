export {
  type Accepted,
  acceptCase,
  type CaseActor,
  type CaseDeps,
  finishStep,
  type Intake,
  returnStep,
  type StepReport,
  takeStep,
} from './case-commands.ts';
export { caseList, intakeCatalogue, myWork, suggestions } from './case-lists.ts';
export { caseView } from './case-view.ts';
