export { orgPersonal } from './org-personal.ts';
export type { Names } from './org-api.ts';
export { orgRoutes } from './admin-routes.ts';
export { runAccountCli } from './cli-account.ts';
export { isPermission } from './domain/index.ts';
export { createCompany, type FirstCode } from './first-company.ts';
export { hashPassword } from './password-hash.ts';
export { type Signed } from './session-reads.ts';
export { sessionOf, sessionRoutes } from './session-routes.ts';
