import type { Event } from '@florin/events';
import { faultOf, type HealthCheck, type Logger, noCrash, type Outbox, type ReachCrashPoint, sleep } from '@florin/runtime';
import type { Knex } from 'knex';
import { hasAppended } from './append-events.ts';
import type { Broker } from './broker.ts';
import { createConsumer } from './consumer.ts';
import { setEventMaxBytes } from './event-bound.ts';
import type { HandleOptions } from './handle-batch.ts';
import { type OutboxRoom, watchOutboxRoom } from './outbox-room.ts';
import { pruneInbox } from './prune-inbox.ts';
import { type Relay, type RelayOptions, startRelay } from './relay.ts';
import type { Subscriptions } from './subscriptions.ts';

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
  relay: Pick<RelayOptions, 'pollMs' | 'batchSize' | 'batchBytes' | 'lingerMs'>;
  /** Maximum number of bytes of an event (default 256 KiB). */
  eventMaxBytes?: number;
  /** So many events may wait to be published before new writes are refused. */
  outboxMaxRows: number;
  consumerBatchSize: number;
  reachCrashPoint?: ReachCrashPoint;
  /** Called after each commit of the consumer with the events that took effect. */
  onCommitted?(events: readonly Event[]): void;
  /** The consumer ended and will not come back: end the process with an error. */
  onFatal(error: Error): void;
};

export type Messaging = Outbox & {
  /** Publishes now rather than at the next look. */
  wake(): void;
  /** Starts the relay and the consumer. A broker that is away does not fail it: both keep trying, and `checks` tell. */
  start(): void;
  /** Finishes the batch under way, commits its offsets, leaves the group, then stops the relay. */
  stop(): Promise<void>;
  /** How this service handles events: for its dead letters. */
  handling: HandleOptions;
  /** For `/health/ready`. */
  checks: Readonly<Record<string, HealthCheck>>;
};

/** The messaging of one service instance: its outbox's relay and its consumer. */
export function createMessaging(options: MessagingOptions): Messaging {
  const { db, broker, logger, service, subscriptions, onCommitted = () => {}, reachCrashPoint = noCrash } = options;
  if (options.eventMaxBytes !== undefined) setEventMaxBytes(db, options.eventMaxBytes);
  const stopping = new AbortController();
  let relay: Relay | undefined;
  let joining: Promise<void> = Promise.resolve();
  let pruning: NodeJS.Timeout | undefined;
  let room: OutboxRoom | undefined;
  let hasJoined = false;
  const hears = Object.keys(subscriptions).length > 0;
  const wake = (): void => relay?.wake();
  const handling: HandleOptions = {
    db,
    logger,
    consumer: `florin.${service}`,
    subscriptions,
    reachCrashPoint,
    onCommitted: (events) => {
      wake();
      onCommitted(events);
    },
  };
  const consumer = createConsumer({ ...handling, broker, batchSize: options.consumerBatchSize, onFatal: options.onFatal });

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
      const { databaseUrl, eventMaxBytes } = options;
      relay = startRelay({ databaseUrl, broker, logger, eventMaxBytes, ...options.relay, reachCrashPoint });
      room = watchOutboxRoom({ db, maxRows: options.outboxMaxRows, logger });
      if (hears) joining = join();
      pruning = setInterval(() => {
        pruneInbox(db).catch((error: unknown) => logger.warn('could not prune the inbox', faultOf(error)));
      }, PRUNE_EVERY_MS);
    },
    async stop() {
      stopping.abort();
      clearInterval(pruning);
      room?.stop();
      await joining;
      if (hasJoined) await consumer.stop();
      await relay?.stop();
      await broker.disconnect();
    },
    wake,
    committed(trx) {
      if (hasAppended(trx)) wake();
    },
    assertRoom: () => room?.assertRoom(),
    handling,
    checks: {
      kafka: () => broker.check(),
      consumer: () => {
        if (hears && !hasJoined) throw new Error('not subscribed yet');
        consumer.check();
      },
    },
  };
}
