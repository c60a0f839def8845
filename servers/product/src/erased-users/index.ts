export { erasedUsersTable, findErased, rememberErased } from './erased-users.ts';
