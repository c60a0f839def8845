import type { Event } from '@florin/events';
import { faultOf, type HealthCheck, type Logger, noCrash, type ReachCrashPoint, sleep } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Broker } from './broker.ts';
import { createConsumer, type Subscriptions } from './consumer.ts';
import { pruneInbox } from './prune-inbox.ts';
import { type Relay, startRelay } from './relay.ts';

const PRUNE_EVERY_MS = 3_600_000;
const RETRY_MS = 1_000;

export type MessagingOptions = {
  db: Knex;
  databaseUrl: string;
  broker: Broker;
  logger: Logger;
  /** The service's name; its consumer group is `florin.<service>`. */
  service: string;
  subscriptions: Subscriptions;
  relay: { pollMs: number; batchSize: number };
  consumerBatchSize: number;
  reachCrashPoint?: ReachCrashPoint;
  /** Called after each commit of the consumer with the events that took effect. */
  onCommitted?(events: readonly Event[]): void;
  /** The consumer ended and will not come back: end the process with an error. */
  onFatal(error: Error): void;
};

export type Messaging = {
  /** Starts the relay and the consumer. A broker that is away does not fail it: both keep trying, and `checks` tell. */
  start(): void;
  /** Finishes the batch under way, commits its offsets, leaves the group, then stops the relay. */
  stop(): Promise<void>;
  /** Says that a transaction with events has been committed. */
  wake(): void;
  /** For `/health/ready`. */
  checks: Readonly<Record<string, HealthCheck>>;
};

/** The messaging of one service instance: its outbox's relay and its consumer. */
export function createMessaging(options: MessagingOptions): Messaging {
  const { db, broker, logger, service, subscriptions, onCommitted = () => {}, reachCrashPoint = noCrash } = options;
  const stopping = new AbortController();
  let relay: Relay | undefined;
  let joining: Promise<void> = Promise.resolve();
  let pruning: NodeJS.Timeout | undefined;
  let hasJoined = false;
  const hears = Object.keys(subscriptions).length > 0;
  const wake = (): void => relay?.wake();
  const consumer = createConsumer({
    db,
    broker,
    logger,
    consumer: `florin.${service}`,
    subscriptions,
    batchSize: options.consumerBatchSize,
    reachCrashPoint,
    onCommitted: (events) => {
      wake();
      onCommitted(events);
    },
    onFatal: options.onFatal,
  });

  const join = async (): Promise<void> => {
    while (!stopping.signal.aborted && !hasJoined) {
      try {
        await consumer.start();
        hasJoined = true;
      } catch (error) {
        logger.warn('cannot subscribe yet', faultOf(error));
        await sleep(RETRY_MS, stopping.signal);
      }
    }
  };

  return {
    start() {
      relay = startRelay({ databaseUrl: options.databaseUrl, broker, logger, ...options.relay, reachCrashPoint });
      if (hears) joining = join();
      pruning = setInterval(() => {
        pruneInbox(db).catch((error: unknown) => logger.warn('could not prune the inbox', faultOf(error)));
      }, PRUNE_EVERY_MS);
    },
    async stop() {
      stopping.abort();
      clearInterval(pruning);
      await joining;
      if (hasJoined) await consumer.stop();
      await relay?.stop();
      await broker.disconnect();
    },
    wake,
    checks: {
      kafka: () => broker.check(),
      consumer: () => {
        if (hears && !hasJoined) throw new Error('not subscribed yet');
        consumer.check();
      },
    },
  };
}
