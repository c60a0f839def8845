import { topics } from '@florin/events';
import { kafkajsBroker } from '@florin/kafka';
import { createLogger, migrateDatabase, openDatabase } from '@florin/runtime';
import { migrations } from '../migrations/index.ts';
import { readConfig } from './config.ts';

const { databaseUrl, kafka, logLevel } = readConfig();
const logger = createLogger({ service: 'product', level: logLevel });
const db = openDatabase({ url: databaseUrl, poolMax: 2 });
const broker = kafkajsBroker({ ...kafka, clientId: 'florin-product-migrate', logger });
try {
  const applied = await migrateDatabase(db, migrations);
  await broker.createTopics(topics, kafka);
  logger.info('migrated', { applied });
} finally {
  await broker.disconnect();
  await db.destroy();
}
