export { checkPassword } from './password-rule.ts';
export { type Permission, permissionsOf, roles } from './permissions.ts';
