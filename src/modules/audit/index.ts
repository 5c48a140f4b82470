export { auditLoops } from './audit-jobs.ts';
export { auditRoutes } from './audit-routes.ts';
export { type AuditEntry, auditWriter } from './audit-writer.ts';
