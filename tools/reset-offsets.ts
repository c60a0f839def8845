import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kafkajsBroker, resetToStoredOffsets } from '@florin/messaging';
import { createLogger, openDatabase } from '@florin/runtime';
import { readArguments, runCommandLine, UsageError } from './command-line.ts';
import { developmentDirectory, findServiceDatabases } from './platform/service-databases.ts';
import { serviceNames } from './platform/service-names.ts';

const help = `npm run offsets:reset -- --service auth|product|payment [--json]

After a service's database was restored from a back-up: makes its consumer go on from the offsets stored in it. Stop all
instances of the service first. What it gets again and has had before, its inbox drops.

Addresses come from the environment (AUTH_DATABASE_URL ..., KAFKA_BROKERS, KAFKA_PREFIX), else from npm start's own.`;

await runCommandLine(help, async () => {
  const { values } = readArguments({ service: { type: 'string' } });
  if (values['help']) return print(help);
  const service = serviceNames.find((name) => name === values['service']);
  if (service === undefined) throw new UsageError(`--service is one of ${serviceNames.join(', ')}.`);
  const urls = await findServiceDatabases(process.env);
  const db = openDatabase({ url: urls[service], poolMax: 1 });
  const logger = createLogger({ service: 'offsets-reset', level: 'error' });
  const prefix = process.env['KAFKA_PREFIX'] ?? '';
  const broker = kafkajsBroker({
    brokers: await findBrokers(),
    clientId: 'offsets-reset',
    prefix,
    sessionTimeoutMs: 30_000,
    logger,
  });
  try {
    const offsets = await resetToStoredOffsets(db, broker, `florin.${service}`);
    if (values['json']) return print(JSON.stringify(offsets));
    for (const { topic, partition, offset } of offsets) print(`${topic}/${partition} goes on at ${offset}`);
    return print(`${offsets.length} partitions set for ${service}.`);
  } finally {
    await broker.disconnect();
    await db.destroy();
  }
});

async function findBrokers(): Promise<string[]> {
  const { KAFKA_BROKERS: brokers } = process.env;
  if (brokers) return brokers.split(',');
  const ports = JSON.parse(await readFile(join(developmentDirectory, 'ports.json'), 'utf8')) as { broker: number };
  return [`127.0.0.1:${ports.broker}`];
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}
