import { createLogger, openDatabase, runTransaction } from '@florin/runtime';
import { readConfig } from './config.ts';
import { seedCatalogue } from './demo/seed-catalogue.ts';

const { databaseUrl, currency, logLevel } = readConfig();
const logger = createLogger({ service: 'product', level: logLevel });
const db = openDatabase({ url: databaseUrl, poolMax: 2 });
try {
  const products = await runTransaction(db, (trx) => seedCatalogue(trx, { currency }));
  logger.info('seeded', { products });
} finally {
  await db.destroy();
}
