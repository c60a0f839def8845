import { createLogger, createTransact, openDatabase } from '@florin/runtime';
import { readConfig } from './config.ts';
import { createPasswords } from './passwords/passwords.ts';
import { createDemoAccounts } from './users/create-demo-accounts.ts';

const { databaseUrl, logLevel, isProduction } = readConfig();
if (isProduction) throw new Error('The demo accounts have passwords that everybody knows: production never gets them.');
const logger = createLogger({ service: 'auth', level: logLevel });
const db = openDatabase({ url: databaseUrl, poolMax: 4 });
try {
  await createDemoAccounts({ db, transact: createTransact(db), passwords: createPasswords() });
  logger.info('demo accounts are there');
} finally {
  await db.destroy();
}
