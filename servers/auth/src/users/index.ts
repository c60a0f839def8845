export { announceErasures } from './announce-erasures.ts';
export { createUser } from './create-user.ts';
