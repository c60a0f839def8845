export { type Access, type AuthenticatedUser, isStaff, type Role, userOf } from './authenticated-user.ts';
