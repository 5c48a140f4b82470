export { isPermission, permissionsOf, roles } from './permissions.ts';
export { ADMINISTRATORS, checkGrant, checkRevoke, isAdministrator } from './role-rules.ts';
