export { type OrgDeps, orgRoutes } from './admin-routes.ts';
export { runAccountCli } from './cli-account.ts';
export { isPermission, type Permission, permissionsOf } from './domain/index.ts';
export { createCompany, type FirstCode } from './first-company.ts';
export { hashPassword } from './password-hash.ts';
export { changePassword, signIn, signOut, unlock } from './session-commands.ts';
export { findSession, listDemoRoles, type Signed } from './session-reads.ts';
export { sessionOf, type SessionDeps, sessionRoutes } from './session-routes.ts';
