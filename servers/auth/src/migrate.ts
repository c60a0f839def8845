import { topics } from '@florin/events';
import { kafkajsBroker } from '@florin/kafka';
import { createLogger, migrateDatabase, openDatabase } from '@florin/runtime';
import { migrations } from '../migrations/index.ts';
import { readConfig } from './config.ts';

const { databaseUrl, logLevel, kafka } = readConfig();
const logger = createLogger({ service: 'auth', level: logLevel });
const db = openDatabase({ url: databaseUrl, poolMax: 2 });
const broker = kafkajsBroker({ ...kafka, clientId: 'florin-auth-migrate', logger });
try {
  const applied = await migrateDatabase(db, migrations);
  await broker.createTopics(topics, kafka);
  logger.info('migrated', { applied });
} finally {
  await broker.disconnect();
  await db.destroy();
}
