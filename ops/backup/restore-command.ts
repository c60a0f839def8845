import { resolve } from 'node:path';
import { commandActor } from '@florin/runtime';
import { asFlag, asHelp, runCommandLine, UsageError } from '../command-line.ts';
import { openOperatorKafka } from '../platform/operator-broker.ts';
import { findServiceDatabases } from '../platform/service-databases.ts';
import { restore } from './restore.ts';

const help = `npm run restore -- --from DIR [--replace] [--fresh-topics] [--as USER] [--json]

Puts the databases of auth, product and payment back to the moment of a back-up that npm run backup made. Stop all services
first; the topics in Kafka stay as they are. Events from before that moment which a service had not heard then are heard; those
from after it are marked as had, since what they tell of is gone. Then start the services, and run npm run audit.

  --replace        drop the databases that are there; otherwise they must not be
  --fresh-topics   Kafka's topics are lost, or are others (another KAFKA_PREFIX): services will hear them from the beginning. What
                   was on its way at the moment of the back-up is missing then, and the audit says so. npm run migrate makes them
${asHelp}

Addresses and users are those of npm run backup; the user needs all rights on the three databases, and on MySQL SET_ANY_DEFINER.

Exit code 0: done; 1: refused (a service runs, a database is there), or it failed: begin anew with --replace; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { from: { type: 'string' }, replace: { type: 'boolean' }, 'fresh-topics': { type: 'boolean' }, ...asFlag },
  async run({ values, progress, answer }) {
    const { from } = values;
    if (typeof from !== 'string' || from === '') throw new UsageError('Say where from: --from DIR.');
    const kafka = await openOperatorKafka('restore', process.env);
    try {
      const restored = await restore({
        databaseUrls: await findServiceDatabases(process.env),
        kafka,
        directory: resolve(from),
        isReplacing: values['replace'] === true,
        hasFreshTopics: values['fresh-topics'] === true,
        environment: process.env,
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
