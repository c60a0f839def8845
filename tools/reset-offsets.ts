import { resetToStoredOffsets } from '@florin/messaging';
import { openDatabase } from '@florin/runtime';
import { heardTopics } from './backup/heard-topics.ts';
import { runCommandLine, UsageError } from './command-line.ts';
import { openOperatorKafka } from './platform/operator-broker.ts';
import { findServiceDatabases } from './platform/service-databases.ts';
import { serviceNames } from './platform/service-names.ts';

const help = `npm run offsets:reset -- --service auth|product|payment [--json]

After a service's database was restored by itself, to its last transaction: makes its consumer go on from the offsets stored in
it. Stop all instances of the service first. What it gets again and has had before, its inbox drops.
npm run restore does it for all three.

Addresses come from the environment (AUTH_DATABASE_URL ..., KAFKA_BROKERS, KAFKA_PREFIX), else from npm start's own.

Exit code 0: done; 1: refused (an instance is running), or it failed; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { service: { type: 'string' } },
  async run({ values, answer }) {
    const service = serviceNames.find((name) => name === values['service']);
    if (service === undefined) throw new UsageError(`--service is one of ${serviceNames.join(', ')}.`);
    const urls = await findServiceDatabases(process.env);
    const kafka = await openOperatorKafka('offsets-reset', process.env);
    const db = openDatabase({ url: urls[service], poolMax: 1 });
    try {
      const starts = await kafka.topics.starts(heardTopics[service]);
      const offsets = await resetToStoredOffsets(db, kafka.broker, { consumer: `florin.${service}`, starts });
      const lines = offsets.map(({ topic, partition, offset }) => `${topic}/${partition} goes on at ${offset}`);
      answer(offsets, [...lines, `${offsets.length} partitions set for ${service}.`].join('\n'));
      return 0;
    } finally {
      await kafka.disconnect();
      await db.destroy();
    }
  },
});
