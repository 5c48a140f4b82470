export { checkPassword } from './password-rule.ts';
export { isPermission, type Permission, permissionsOf, roles } from './permissions.ts';
export { ADMINISTRATORS, checkGrant, checkRevoke, isAdministrator } from './role-rules.ts';
