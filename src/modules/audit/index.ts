export { lostHeads, readHeads } from './audit-heads.ts';
export { auditLoops } from './audit-jobs.ts';
export { auditRoutes } from './audit-routes.ts';
export { auditWriter } from './audit-writer.ts';
