import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { runCommandLine, UsageError } from '../command-line.ts';
import { openOperatorKafka } from '../platform/operator-broker.ts';
import { findServiceDatabases } from '../platform/service-databases.ts';
import { backUp } from './back-up.ts';

const help = `npm run backup -- --to DIR [--json]

Dumps the databases of auth, product and payment as they are at one moment, while the services run, into a new folder DIR, with
the ends that Kafka's topics had at that moment. Writes wait for the blink in which the dumps begin. npm run restore reads it.

The databases are those of AUTH_DATABASE_URL, PRODUCT_DATABASE_URL and PAYMENT_DATABASE_URL, as BACKUP_DATABASE_USER with
BACKUP_DATABASE_PASSWORD, who needs SELECT, RELOAD, PROCESS, TRIGGER, SHOW VIEW and LOCK TABLES; Kafka is that of KAFKA_BROKERS
and KAFKA_PREFIX. Where nothing is set they are npm start's. mysqldump or mariadb-dump must be on this machine. The dumps hold
what the databases hold, sealed keys and hashed passwords included: keep them like these.

Exit code 0: done; 1: it failed, and DIR is of no use; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { to: { type: 'string' } },
  async run({ values, progress, answer }) {
    const { to } = values;
    if (typeof to !== 'string' || to === '') throw new UsageError('Say where to: --to DIR.');
    const directory = resolve(to);
    if (existsSync(directory)) throw new UsageError(`${directory} is there already: name a new folder.`);
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
