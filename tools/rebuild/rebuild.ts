import { openDatabase } from '@florin/runtime';
import { runCommandLine, UsageError } from '../command-line.ts';
import { findServiceDatabases } from '../platform/service-databases.ts';
import { rebuildLimits } from './rebuild-limits.ts';

const help = `npm run rebuild -- limits [--json]

Mends a copy that one service keeps of another's data, from what the other has now, while both run.

  limits   product's copy of what each wallet may spend. Payment tells of every wallet whose copy is missing or differs, by the
           same event and the same way as of any change; product takes it in a moment later. Copies of wallets that payment does
           not have are removed. Needed after payment's database was restored to a moment in the past by itself; harmless at any
           time. It waits while payment's outbox is long.

It reads and writes PRODUCT_DATABASE_URL and PAYMENT_DATABASE_URL (all three services' are needed), or else the databases of the
running npm start. Nothing else needs to be stopped.

Exit code 0: done; 1: it failed; 2: wrong usage.`;

await runCommandLine({
  help,
  mostPositionals: 1,
  async run({ positionals, progress, answer, signal }) {
    if (positionals[0] !== 'limits') throw new UsageError('Name what to rebuild: limits.');
    const urls = await findServiceDatabases(process.env);
    const product = openDatabase({ url: urls.product, poolMax: 1 });
    const payment = openDatabase({ url: urls.payment, poolMax: 1 });
    try {
      const { looked, announced, forgotten } = await rebuildLimits({ product, payment, onProgress: progress, signal });
      answer(
        { looked, announced, forgotten },
        `${looked} wallets looked at, ${announced} told of anew; ${forgotten} copies without a wallet removed.`,
      );
      return 0;
    } finally {
      await Promise.all([product.destroy(), payment.destroy()]);
    }
  },
});
