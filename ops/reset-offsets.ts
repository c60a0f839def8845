import { openDatabase } from '@florin/database';
import { describeGap, type Reset, readGaps, resetToStoredOffsets } from '@florin/messaging';
import { type CommandActor, commandActor } from '@florin/runtime';
import { consumedTopics } from './backup/consumed-topics.ts';
import { asFlag, asHelp, runCommandLine, UsageError } from './command-line.ts';
import { type OperatorKafka, openOperatorKafka } from './platform/operator-broker.ts';
import { findMigrationDatabases } from './platform/service-databases.ts';
import { type ServiceName, serviceNames } from './platform/service-names.ts';

const help = `npm run offsets:reset -- [--service ${serviceNames.join('|')}] [--accept-gap] [--as USER] [--json]

Resets a service's consumer to the offsets in its database. Use it after the database was restored to its last transaction, or
when the service ended because messages are missing. Stop all instances of the service first. The inbox drops messages that
arrive twice. npm run restore includes this step for all services.

  --service      service to reset (default: all; with --accept-gap, those that miss messages)
  --accept-gap   continue although messages were deleted before they were read, or the topic was recreated. Without it the
                 command names the affected topics, partitions and offsets, and changes nothing. With it these partitions start
                 at their first message, and the service's audit log gets a row for each. Run npm run audit afterwards
${asHelp}

Addresses come from the environment (AUTH_MIGRATION_DATABASE_URL ..., KAFKA_BROKERS, KAFKA_PREFIX; default: those of npm start).

Exit code 0: done; 1: rejected (an instance is running, or messages are missing) or failed; 2: wrong usage.`;

type ServiceReset = Reset & { service: ServiceName };

await runCommandLine({
  help,
  flags: { service: { type: 'string' }, 'accept-gap': { type: 'boolean' }, ...asFlag },
  async run({ values, answer }) {
    const actor = commandActor(values);
    const { service: name, 'accept-gap': acceptsGaps = false } = values;
    const services = serviceNames.filter((service) => name === undefined || name === service);
    if (services.length === 0) throw new UsageError(`--service must be one of ${serviceNames.join(', ')}.`);
    const urls = await findMigrationDatabases(process.env);
    const kafka = await openOperatorKafka('offsets-reset', process.env);
    const resets: ServiceReset[] = [];
    try {
      for (const service of services) {
        const options = { url: urls[service], acceptsGaps: acceptsGaps === true, isNamed: name !== undefined, actor };
        resets.push({ service, ...(await reset(service, kafka, options)) });
      }
    } finally {
      await kafka.disconnect();
    }
    answer(resets, resets.map(describeReset).join('\n'));
    return 0;
  },
});

type Options = { url: string; acceptsGaps: boolean; isNamed: boolean; actor: CommandActor };

async function reset(service: ServiceName, kafka: OperatorKafka, { url, acceptsGaps, isNamed, actor }: Options): Promise<Reset> {
  const db = openDatabase({ url, poolMax: 1 });
  try {
    const consumer = `florin.${service}`;
    const bounds = await kafka.topics.bounds(await consumedTopics(service));
    const gaps = await readGaps(db, { consumer, bounds });
    const isLeftAlone = acceptsGaps && !isNamed && gaps.length === 0;
    return isLeftAlone
      ? { offsets: [], gaps }
      : await resetToStoredOffsets(db, kafka.broker, { consumer, bounds, acceptsGaps, actor });
  } finally {
    await db.destroy();
  }
}

function describeReset({ service, offsets, gaps }: ServiceReset): string {
  return [
    ...gaps.map((gap) => `Accepted: ${describeGap(gap)}.`),
    ...offsets.map(({ topic, partition, offset }) => `${topic}/${partition} continues at offset ${offset}`),
    `${offsets.length} partitions set for ${service}.`,
  ].join('\n');
}
