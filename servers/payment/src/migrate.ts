import { topics } from '@florin/events';
import { kafkajsBroker } from '@florin/kafka';
import { createLogger, migrateDatabase, openDatabase } from '@florin/runtime';
import { migrations } from '../migrations/index.ts';
import { readConfig } from './config.ts';

/** Brings the database to this release's schema and creates the topics that are missing; then ends. */
const { databaseUrl, kafka, logLevel } = readConfig();
const logger = createLogger({ service: 'payment', level: logLevel });
const db = openDatabase({ url: databaseUrl, poolMax: 2 });
const broker = kafkajsBroker({ ...kafka, clientId: 'payment-migrate', logger });
try {
  const applied = await migrateDatabase(db, migrations);
  logger.info('database migrated', { applied });
  await broker.createTopics(topics, kafka);
} finally {
  await broker.disconnect();
  await db.destroy();
}
