export type { Intake } from './intake.ts';
export { changedTexts } from './changed-texts.ts';
export { caseEnd, casePersonal, ofCase } from './case-personal.ts';
export { findEvaluation, keepEvaluation } from './evaluations.ts';
export {
  type Accepted,
  acceptCase,
  acceptCases,
  type CaseActor,
  type CaseDeps,
} from './case-commands.ts';
export { finishStep, returnStep, takeStep } from './step-commands.ts';
export { caseList, myWork } from './case-lists.ts';
export { askUnit, listHeads, maySupervise, placeRequest } from './joint-requests.ts';
export { makeCommitment } from './commitment-commands.ts';
export { joinDemand, keepNote } from './join-demand.ts';
export { programActor } from './program-actor.ts';
export { dayStart, dueBetween, type FilterMoments } from './case-filter.ts';
export { filterMoments } from './filter-moments.ts';
export { caseEventTypes } from './case-event-types.ts';
export { recordOnCase } from './case-events.ts';
export { type Audience, audienceOf, sees, sharedByAudience } from './audience.ts';
export { type Reader, visibleCase } from './case-reads.ts';
export { realCase, realOrder } from './real-case.ts';
export { endDrillCase } from './end-case.ts';
export { actorOf, caseRoutes } from './case-routes.ts';
export { clockRoutes, pauseWithNote } from './clock-routes.ts';
export { caseView } from './case-view.ts';
export { nameOf } from './name-of.ts';
export { customerFieldsSeen } from './customer-fields-seen.ts';
export { caseLoops } from './case-jobs.ts';
export { caseWorkRoutes } from './case-work-routes.ts';
export { commitmentRoutes } from './commitment-routes.ts';
export { keepExceptions, reasonFor } from './order-exceptions.ts';
export { supplyRoutes } from './supply-routes.ts';
export { earthsLaid, liftEarthsByWord } from './laid-earths.ts';
export { addGroup, listGroups, litPlaces, recordSupply } from './supply-groups.ts';
export { recordOfReply } from './reply-record.ts';
export { keepReplyDraft } from './reply-drafts.ts';
export { readerNotes } from './note-reader.ts';
export type { StepReport } from './step-report.ts';
export { lockCase, lockVisible, seesOrder } from './open-case.ts';
export { listOwedCalls, oweCall, oweCallBack } from './owed-calls.ts';
export { tellReporters } from './tell-customer.ts';
export { linkCase, linkCases, unlinkCase, urgeCase } from './work-commands.ts';
export { reopenCase } from './reopen-case.ts';
