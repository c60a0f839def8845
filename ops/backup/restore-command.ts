import { resolve } from 'node:path';
import { commandActor, readEventSignatures } from '@florin/runtime';
import { asFlag, asHelp, runCommandLine, UsageError } from '../command-line.ts';
import { openOperatorKafka } from '../platform/operator-broker.ts';
import { findMigrationDatabases, findServiceDatabases } from '../platform/service-databases.ts';
import { restore } from './restore.ts';

const help = `npm run restore -- --from DIR [--replace] [--fresh-topics] [--as USER] [--json]

Restores the databases of all services to the moment of a backup by npm run backup. Stop all services first. Kafka's
topics stay as they are. Events from before that moment are consumed where they had not been. Events from after it are marked as
received, because the changes that they report are lost. Then start the services and run npm run audit.

  --replace        drop the existing databases; without it they must not exist
  --fresh-topics   Kafka's topics are lost, or are others (another KAFKA_PREFIX): services consume them from the beginning. Events
                   that were in flight at the moment of the backup are missing, and the audit reports them. npm run migrate
                   creates the topics
${asHelp}

Events are verified and signed as the services do (EVENT_SIGNING_KEYS, EVENT_SIGNATURES). Forged ones are left out.
Addresses and users are those of npm run backup. The user needs all rights on the databases, and on MySQL SET_ANY_DEFINER. The
migrating users (AUTH_MIGRATION_DATABASE_URL and so on) then note the restore, and grant the running users their rights.

Exit code 0: done; 1: rejected (a service runs, a database exists) or failed: repeat it with --replace; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { from: { type: 'string' }, replace: { type: 'boolean' }, 'fresh-topics': { type: 'boolean' }, ...asFlag },
  async run({ values, progress, answer }) {
    const { from } = values;
    if (typeof from !== 'string' || from === '') throw new UsageError('Say where from: --from DIR.');
    const signatures = readEventSignatures(process.env);
    const kafka = await openOperatorKafka('restore', process.env);
    try {
      const restored = await restore({
        databaseUrls: await findServiceDatabases(process.env),
        migrationUrls: await findMigrationDatabases(process.env),
        kafka,
        directory: resolve(from),
        isReplacing: values['replace'] === true,
        hasFreshTopics: values['fresh-topics'] === true,
        environment: process.env,
        signatures,
        actor: commandActor(values),
        onProgress: progress,
      });
      answer(restored, `Restored to ${restored.takenAt}. Start the services, then run npm run audit.`);
      return 0;
    } finally {
      await kafka.disconnect();
    }
  },
});
