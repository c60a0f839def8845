export { announceErasures } from './announce-erasures.ts';
export { createDemoAccounts } from './create-demo-accounts.ts';
export { createUser } from './create-user.ts';
