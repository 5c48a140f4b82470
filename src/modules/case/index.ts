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
