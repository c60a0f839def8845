import { actorOfProcess } from '@florin/runtime';
import { seedService } from '@florin/service';
import { createPasswords } from './credentials/index.ts';
import { auth } from './features.ts';
import { createDemoAccounts } from './users/index.ts';

await seedService(auth, async ({ config, db, transact, logger }) => {
  if (config.isProduction)
    throw new Error('The passwords of the demo accounts are public: production never gets these accounts.');
  await createDemoAccounts({ db, transact, passwords: createPasswords() }, actorOfProcess());
  logger.info('demo accounts exist');
});
