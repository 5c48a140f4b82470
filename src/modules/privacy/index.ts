export type { BlankDeps } from './blank-rows.ts';
export { runPrivacyCli } from './cli-privacy.ts';
export { privacyLoops } from './privacy-jobs.ts';
export { privacyPersonal } from './privacy-personal.ts';
export { privacyRoutes } from './privacy-routes.ts';
