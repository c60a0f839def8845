import { commandActor, openDatabase } from '@florin/runtime';
import { asFlag, asHelp, runCommandLine, UsageError } from '../command-line.ts';
import { findServiceDatabases } from '../platform/service-databases.ts';
import { rebuildErasures } from './rebuild-erasures.ts';
import { rebuildLimits } from './rebuild-limits.ts';

const help = `npm run rebuild -- limits | erasures [--as USER] [--json]

Mends a copy that one service keeps of another's data, from what the other has now, while both run.

  limits     product's copy of what each wallet may spend. Payment tells of every wallet whose copy is missing or differs, by the
             same event and the same way as of any change; product takes it in a moment later. Copies of wallets that payment does
             not have are removed. Needed after payment's database was restored to a moment in the past by itself; harmless at any
             time. It waits while payment's outbox is long.
  erasures   what product and payment know of erased users. Auth tells anew of every erased user whom one of them does not know to be
             erased: payment keeps the wallets frozen, product forgets the words about them. Needed when the audit's user-wallets
             finds such a user, as after an instance of a release that did not remember erasures has handled one.

It reads and writes AUTH_DATABASE_URL, PRODUCT_DATABASE_URL and PAYMENT_DATABASE_URL, or else the databases of the running npm start.
Nothing else needs to be stopped.

${asHelp}

Exit code 0: done; 1: it failed; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: asFlag,
  mostPositionals: 1,
  async run({ values, positionals: [what], progress, answer, signal }) {
    const actor = commandActor(values);
    if (what !== 'limits' && what !== 'erasures') throw new UsageError('Name what to rebuild: limits or erasures.');
    const urls = await findServiceDatabases(process.env);
    const auth = openDatabase({ url: urls.auth, poolMax: 1 });
    const product = openDatabase({ url: urls.product, poolMax: 1 });
    const payment = openDatabase({ url: urls.payment, poolMax: 1 });
    const options = { auth, product, payment, actor, onProgress: progress, signal };
    try {
      if (what === 'erasures') {
        const rebuilt = await rebuildErasures(options);
        answer(rebuilt, `${rebuilt.looked} erased users looked at, ${rebuilt.announced} told of anew.`);
      } else {
        const rebuilt = await rebuildLimits(options);
        const { looked, announced, forgotten } = rebuilt;
        answer(rebuilt, `${looked} wallets looked at, ${announced} told of anew; ${forgotten} copies without a wallet removed.`);
      }
      return 0;
    } finally {
      await Promise.all([auth, product, payment].map((db) => db.destroy()));
    }
  },
});
