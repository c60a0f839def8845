import { openDatabase } from '@florin/database';
import { setEventSignatures } from '@florin/messaging';
import { commandActor, readEventSignatures } from '@florin/runtime';
import { asFlag, asHelp, runCommandLine, UsageError } from '../command-line.ts';
import { findMigrationDatabases } from '../platform/service-databases.ts';
import { rebuildContacts } from './rebuild-contacts.ts';
import { rebuildErasures } from './rebuild-erasures.ts';
import { rebuildLimits } from './rebuild-limits.ts';

const help = `npm run rebuild -- limits | erasures | contacts [--as USER] [--json]

Repairs a copy that one service keeps of another's data, from the source's current data, while both run.

  limits     product's copies of the wallets' limits. Payment publishes the limits of every wallet whose copy is missing or differs;
             product consumes them as any other change. Copies without a wallet are removed. Needed after payment's database alone
             was restored to an earlier moment; harmless at any time. It waits while payment's outbox is long.
  erasures   product's and payment's records of erased users. Auth publishes the erasure of every user that one of them does not
             know: payment keeps the wallets frozen, product removes the texts about them. Needed if the audit's user-wallets finds
             such a user, for example after an instance of a release that did not record erasures handled one.
  contacts   product's copies of e-mail addresses and names. Auth publishes the contact of every user whose copy is missing,
             differs or is ahead of auth. Needed if the audit's contacts finds such a copy, for example after a database alone was restored.

The databases are AUTH_MIGRATION_DATABASE_URL, PRODUCT_MIGRATION_DATABASE_URL and PAYMENT_MIGRATION_DATABASE_URL (default: without
MIGRATION_, or those of npm start). Services keep running.

${asHelp}

Exit code 0: done; 1: failed; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: asFlag,
  maxPositionals: 1,
  async run({ values, positionals: [what], progress, answer, signal }) {
    const actor = commandActor(values);
    if (what !== 'limits' && what !== 'erasures' && what !== 'contacts')
      throw new UsageError('Name the copy to rebuild: limits, erasures or contacts.');
    const urls = await findMigrationDatabases(process.env);
    const auth = openDatabase({ url: urls.auth, poolMax: 1 });
    const product = openDatabase({ url: urls.product, poolMax: 1 });
    const payment = openDatabase({ url: urls.payment, poolMax: 1 });
    for (const db of [auth, product, payment]) setEventSignatures(db, readEventSignatures(process.env));
    const options = { auth, product, payment, actor, onProgress: progress, signal };
    try {
      if (what === 'erasures') {
        const rebuilt = await rebuildErasures(options);
        answer(rebuilt, `${rebuilt.looked} erased users checked, ${rebuilt.announced} published again.`);
      } else if (what === 'contacts') {
        const rebuilt = await rebuildContacts(options);
        answer(rebuilt, `${rebuilt.looked} users checked, ${rebuilt.announced} contacts published again.`);
      } else {
        const rebuilt = await rebuildLimits(options);
        const { looked, announced, forgotten } = rebuilt;
        answer(rebuilt, `${looked} wallets checked, ${announced} published again; ${forgotten} copies without a wallet removed.`);
      }
      return 0;
    } finally {
      await Promise.all([auth, product, payment].map((db) => db.destroy()));
    }
  },
});
