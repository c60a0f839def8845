import { openDatabase } from '@florin/database';
import { kafkaBroker } from '@florin/kafka';
import { type Broker, startRelay } from '@florin/messaging';
import { createLogger, noFailpoints, sleep } from '@florin/runtime';
import type { RelayResult, RelaySpec } from './relay.ts';

/** Drains one outbox through the relay, in a separate process: to the broker, or to nowhere, which measures the table alone. */

process.on('message', (spec: RelaySpec) => {
  void drain(spec).then((result) => process.send?.(result));
});

async function drain(spec: RelaySpec): Promise<RelayResult> {
  const { databaseUrl, kafkaBrokers, kafkaPrefix, driver, isPlain, pollMs, batchSize } = spec;
  const logger = createLogger({ service: 'bench', level: 'error' });
  const broker = kafkaBroker({
    brokers: kafkaBrokers,
    security: 'plaintext',
    driver,
    clientId: 'florin-bench-relay',
    prefix: kafkaPrefix,
    sessionTimeoutMs: 30_000,
    logger,
  });
  const nowhere: Broker = { ...broker, publish: () => Promise.resolve() };
  const db = openDatabase({ url: databaseUrl, poolMax: 2 });
  const rows = await count();
  const startedAt = Date.now();
  const relay = startRelay({
    databaseUrl,
    broker: isPlain ? nowhere : broker,
    logger,
    pollMs,
    batchSize,
    lingerMs: 0,
    reachFailpoint: noFailpoints,
  });
  while ((await oldest()) !== undefined) await sleep(50);
  const durationMs = Date.now() - startedAt;
  await relay.stop();
  await broker.disconnect();
  await db.destroy();
  return { rows, durationMs };

  async function count(): Promise<number> {
    const [[row]] = (await db.raw('SELECT COUNT(*) AS events FROM outbox')) as [[{ events: number }]];
    return row.events;
  }

  async function oldest(): Promise<number | undefined> {
    const [rows] = (await db.raw('SELECT id FROM outbox ORDER BY id LIMIT 1')) as [{ id: number }[]];
    return rows[0]?.id;
  }
}
