import type { Outbox } from '@florin/database';
import { type Event, type EventSignatures, topics } from '@florin/events';
import {
  type ClockWatch,
  createPeriodicJob,
  faultOf,
  type HealthCheck,
  type Logger,
  type Metrics,
  noFailpoints,
  type ReachFailpoint,
  sleep,
  type Tracer,
} from '@florin/runtime';
import type { Knex } from 'knex';
import { hasAppended } from './append-events.ts';
import { type Backlog, type BacklogLimits, watchBacklog } from './backlog.ts';
import { createBacklogGauges } from './backlog-gauges.ts';
import type { Broker } from './broker.ts';
import { type Consumer, createConsumer } from './consumer.ts';
import { setEventSignatures } from './event-signer.ts';
import { setEventMaxBytes } from './event-size.ts';
import type { HandleOptions } from './handle-batch.ts';
import { findParkedKeys } from './park-messages.ts';
import { pruneInbox } from './prune-inbox.ts';
import { createReadinessChecks } from './readiness-checks.ts';
import { type Relay, type RelayOptions, startRelay } from './relay.ts';
import { type Subscriptions, topicsOf } from './subscriptions.ts';

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
  signatures: EventSignatures;
  relay: Pick<RelayOptions, 'pollMs' | 'batchSize' | 'batchBytes' | 'lingerMs'>;
  /** Maximum number of bytes of an event (default 256 KiB). */
  eventMaxBytes?: number;
  backlog: BacklogLimits;
  metrics: Metrics;
  /** Undefined: events are not traced. */
  tracer?: Tracer | undefined;
  consumerBatchSize: number;
  /** Maximum number of dead and parked messages (default 10,000). */
  maxDeadLetters?: number;
  reachFailpoint?: ReachFailpoint;
  /** Called after each commit of the consumer with the events that took effect. */
  onCommitted?(events: readonly Event[]): void;
  /** For readiness, and to prune the inbox only while the time is reliable. */
  clocks?: Pick<ClockWatch, 'check' | 'isReliable'>;
  /** Called when the consumer has ended for good: end the process with an error. */
  onFatal(error: Error): void;
};

export type Messaging = Outbox & {
  /** @throws AppError UNAVAILABLE (503) with Retry-After while events are delayed so long that a purchase should not begin */
  assertTimely(): void;
  /** How far the consumer's copies of other services' data can be trusted. */
  copies: Copies;
  /** Pauses the consumer in these topics, and resumes it in all others. A paused consumer stays in its group. */
  pause(topics: readonly string[]): void;
  /** Makes the relay publish now instead of at its next poll. */
  wake(): void;
  /** Starts the relay and the consumer. Does not fail if the broker is unavailable: both retry, and `checks` report it. */
  start(): void;
  /** Finishes the running batch, commits its offsets, leaves the group, and then stops the relay. */
  stop(): Promise<void>;
  /** Options for handling dead letters. */
  handling: HandleOptions;
  /** For `/health/ready`. */
  checks: Readonly<Record<string, HealthCheck>>;
};

/** Tells whether the data that a service copies from events may be stale. */
export type Copies = {
  /** Whether the consumer is behind, blocked, paused or not consuming. */
  areStale(): boolean;
  /** Whether events wait because an operator has paused the consumer, or has resumed it and it is still behind. */
  areHeldBack(): boolean;
  /** Finds those of the keys whose events are parked behind a dead letter. */
  findParkedKeys(db: Knex, keys: readonly string[]): Promise<ReadonlySet<string>>;
};

/** Creates the messaging of one service instance: the relay of its outbox, its consumer and the backlog watch. */
export function createMessaging(options: MessagingOptions): Messaging {
  const {
    db,
    broker,
    logger,
    metrics,
    service,
    subscriptions,
    onCommitted = () => {},
    reachFailpoint = noFailpoints,
    clocks,
  } = options;
  setEventSignatures(db, options.signatures);
  if (options.eventMaxBytes !== undefined) setEventMaxBytes(db, options.eventMaxBytes);
  const stopping = new AbortController();
  let relay: Relay | undefined;
  let joining: Promise<void> = Promise.resolve();
  let hasJoined = false;
  let publishedAt: number | undefined;
  const hasSubscriptions = Object.keys(subscriptions).length > 0;
  const wake = (): void => relay?.wake();
  const foreign = metrics.counter(
    'florin_foreign_messages_total',
    'Messages skipped because no Florin producer can have made them: no value, not JSON, or without a known event type',
    { topic: topics },
  );
  const forged = metrics.counter(
    'florin_forged_events_total',
    'Messages refused because they have no valid signature of a Florin producer',
    { topic: topics },
  );
  const handling: HandleOptions = {
    db,
    logger,
    tracer: options.tracer,
    consumer: `florin.${service}`,
    subscriptions,
    signatures: options.signatures,
    reachFailpoint,
    ...(options.maxDeadLetters === undefined ? {} : { maxDeadLetters: options.maxDeadLetters }),
    onCommitted: (events) => {
      wake();
      try {
        onCommitted(events);
      } catch (error) {
        // Thrown on, it would condemn or repeat events that have taken effect.
        logger.error('a listener to committed events failed', faultOf(error));
      }
    },
    onForeign: (topic, messages) => foreign.inc({ topic }, messages),
    onForged: (topic, messages) => {
      forged.inc({ topic }, messages);
      metrics.countSecurityEvent('events.forged');
    },
  };
  const consumer = createConsumer({
    ...handling,
    broker,
    batchSize: options.consumerBatchSize,
    onBatch: (messages) => metrics.observeBatch('consumer', messages),
    onFatal: options.onFatal,
  });

  const backlog = watchBacklog({
    db,
    broker,
    logger,
    consumer: handling.consumer,
    topics: topicsOf(subscriptions),
    limits: options.backlog,
    gauges: createBacklogGauges(metrics),
  });
  const heldBack = watchPause(consumer, backlog);

  const pruning = createPeriodicJob({
    job: 'prune-inbox',
    name: 'prune the inbox',
    everyMs: PRUNE_EVERY_MS,
    logger,
    metrics,
    async run() {
      if (clocks?.isReliable() === false) return 'skipped';
      await pruneInbox(db);
      return false;
    },
  });
  metrics.gauge(
    'florin_consumer_stopped',
    '1 if the consumer has ended by a failure and handles no more messages',
    {},
    {
      collect: (gauge) => gauge.set({}, consumer.hasStopped() ? 1 : 0),
    },
  );

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
      const { databaseUrl, eventMaxBytes, tracer } = options;
      relay = startRelay({
        databaseUrl,
        broker,
        logger,
        tracer,
        eventMaxBytes,
        ...options.relay,
        reachFailpoint,
        onPublished(events) {
          publishedAt = performance.now();
          metrics.observeBatch('relay', events);
        },
      });
      backlog.start();
      if (hasSubscriptions) joining = join();
      pruning.start();
    },
    async stop() {
      stopping.abort();
      await Promise.all([pruning.stop(), backlog.stop()]);
      await joining;
      if (hasJoined) await consumer.stop();
      await relay?.stop();
      await broker.disconnect();
    },
    wake,
    pause(topics) {
      consumer.setPaused(topics);
      heldBack.look();
    },
    committed(trx) {
      if (hasAppended(trx)) wake();
    },
    applyBackpressure: backlog.applyBackpressure,
    assertTimely: backlog.assertTimely,
    copies: {
      areStale: () => backlog.isBehind() || heldBack.isHeldBack() || (hasSubscriptions && !hasJoined) || isStuck(consumer),
      areHeldBack: heldBack.isHeldBack,
      findParkedKeys: (from, keys) => findParkedKeys(from, handling.consumer, keys),
    },
    handling,
    checks: createReadinessChecks({
      broker,
      consumer,
      backlog,
      clocks,
      hasSubscriptions,
      hasJoined: () => hasJoined,
      publishedAt: () => publishedAt,
    }),
  };
}

function isStuck(consumer: Consumer): boolean {
  try {
    consumer.check();
    return false;
  } catch {
    return true;
  }
}

/** Tells whether events wait since a pause. After the resumption they do until the consumer has been measured in step. */
function watchPause(consumer: Consumer, backlog: Backlog): { look(): void; isHeldBack(): boolean } {
  let resumedAt: number | undefined;
  let wasPaused = false;
  return {
    look() {
      const isPaused = consumer.paused().length > 0;
      if (wasPaused && !isPaused) resumedAt = performance.now();
      wasPaused = isPaused;
    },
    isHeldBack() {
      if (wasPaused) return true;
      if (resumedAt !== undefined && backlog.inStepAt() > resumedAt) resumedAt = undefined;
      return resumedAt !== undefined;
    },
  };
}
