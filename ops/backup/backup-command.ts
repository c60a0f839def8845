import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { runCommandLine, UsageError } from '../command-line.ts';
import { openOperatorKafka } from '../platform/operator-broker.ts';
import { findServiceDatabases } from '../platform/service-databases.ts';
import { backUp } from './back-up.ts';

const help = `npm run backup -- --to DIR [--json]

Dumps the databases of all services as of one moment into a new directory DIR, while the services run. It also notes
the ends of Kafka's topics at that moment. Writes wait until the dumps have started. npm run restore reads the directory.

The databases are AUTH_DATABASE_URL, PRODUCT_DATABASE_URL, PAYMENT_DATABASE_URL and MEDIA_DATABASE_URL, read as BACKUP_DATABASE_USER with
BACKUP_DATABASE_PASSWORD. This user needs SELECT, RELOAD, PROCESS, TRIGGER, SHOW VIEW and LOCK TABLES. Kafka is KAFKA_BROKERS with
KAFKA_PREFIX. All default to npm start's. mysqldump or mariadb-dump must be installed. The dumps include encrypted keys and password
hashes: protect them like the databases.

Exit code 0: done; 1: failed, and DIR is unusable; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { to: { type: 'string' } },
  async run({ values, progress, answer }) {
    const { to } = values;
    if (typeof to !== 'string' || to === '') throw new UsageError('--to DIR is required.');
    const directory = resolve(to);
    if (existsSync(directory)) throw new UsageError(`${directory} exists already: name a new directory.`);
    const databaseUrls = await findServiceDatabases(process.env);
    const kafka = await openOperatorKafka('backup', process.env);
    try {
      const made = await backUp({ databaseUrls, kafka: kafka.topics, directory, environment: process.env, onProgress: progress });
      answer({ directory, ...made }, `Backed up to ${directory}, as of ${made.takenAt}.`);
      return 0;
    } finally {
      await kafka.disconnect();
    }
  },
});
