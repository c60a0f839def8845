import { openDatabase } from '@florin/database';
import { commandActor } from '@florin/runtime';
import { asFlag, asHelp, runCommandLine, UsageError } from '../../ops/command-line.ts';
import { platformCurrency } from '../../ops/platform/platform-currency.ts';
import { findServiceDatabases } from '../../ops/platform/service-databases.ts';
import { seedProducts } from './seed-products.ts';

const MAX_PRODUCTS = 10_000_000;
const PROGRESS_EVERY_MS = 2_000;

const help = `npm run seed -- --products N [--as USER] [--json]

Fills the catalogue with generated products up to N, existing ones included, for load tests and to try search and lists.
Prices are in FLORIN_CURRENCY (default EUR). It writes to PRODUCT_DATABASE_URL (with those of the other services;
default: the database of the running npm start, which has a demo catalogue).

  --products N  number of products in the catalogue (1 to ${MAX_PRODUCTS}); a million takes some minutes
${asHelp}
  --json        print only JSON to standard output, and the progress to standard error

An interrupted run continues at the next call. Exit code 0: done; 1: failed or interrupted; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { products: { type: 'string' }, ...asFlag },
  async run({ values, progress, answer, signal }) {
    const actor = commandActor(values);
    const products = numberOf(values['products']);
    const currency = platformCurrency(process.env);
    const startedAt = Date.now();
    const { product: url } = await findServiceDatabases(process.env);
    const db = openDatabase({ url, poolMax: 4 });
    try {
      const made = await seedProducts(db, { products, currency, actor, signal, onProgress: reporter(progress) });
      const seconds = Math.round((Date.now() - startedAt) / 100) / 10;
      const text = made === 0 ? `The catalogue has ${products} products already.` : `${made} products created in ${seconds} s.`;
      answer({ made, products, seconds }, text);
      return 0;
    } finally {
      await db.destroy();
    }
  },
});

function numberOf(text: string | boolean | undefined): number {
  const number = typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= MAX_PRODUCTS) return number;
  throw new UsageError(`--products must be a number from 1 to ${MAX_PRODUCTS}.`);
}

function reporter(print: (line: string) => void): (done: number, wanted: number) => void {
  const startedAt = Date.now();
  let printedAt = startedAt;
  return (done, wanted) => {
    const now = Date.now();
    if (now - printedAt < PROGRESS_EVERY_MS && done < wanted) return;
    printedAt = now;
    const perS = done / ((now - startedAt) / 1000);
    const leftS = Math.ceil((wanted - done) / perS);
    print(`${done} of ${wanted} (${Math.floor((100 * done) / wanted)}%), ${Math.round(perS)}/s, ${leftS} s left`);
  };
}
