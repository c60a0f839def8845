export { announceContacts } from './announce-contacts.ts';
export { announceErasures } from './announce-erasures.ts';
export { createDemoAccounts } from './create-demo-accounts.ts';
export { createUser } from './create-user.ts';
export { publishContacts } from './publish-contacts.ts';
