export { type AuditEntry, auditWriter } from './audit-writer.ts';
