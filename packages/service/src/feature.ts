import type { FetchKeys, IssuedToken } from '@florin/auth-middleware';
import type { DatabaseOptions, Transact } from '@florin/database';
import type { Event, EventType } from '@florin/events';
import type { Endpoint } from '@florin/http';
import type { Invariant } from '@florin/invariants';
import type { Copies } from '@florin/messaging';
import type { BoundedMetric, ClockWatch, Logger, Metrics, Tracer } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Switches } from './watch-switches.ts';

/** The parts that the features of a service are created from. None is connected yet. */
export type ServiceContext<Config> = {
  config: Config;
  db: Knex;
  /** Runs work in one transaction and publishes the appended events. */
  transact: Transact;
  logger: Logger;
  /** Undefined: nothing is traced. */
  tracer?: Tracer | undefined;
  clocks: ClockWatch;
  metrics: Metrics;
  /** Defines what operators can stop or pause without a release. */
  switches: Pick<Switches, 'define'>;
  /** @throws AppError UNAVAILABLE (503) with Retry-After while events are delayed too long to begin a purchase */
  assertTimely(): void;
  /** Tells whether the copies of other services' data may be stale. */
  copies: Copies;
  /** Opens a pool of its own on the service's database, for work that must not take connections from the rest. Closed at stop. */
  openPool(name: string, options: Omit<DatabaseOptions, 'url'>): Knex;
};

/** One feature of a service, as a value: everything that the service mounts, subscribes, starts and stops for it. */
export type Feature = {
  /** The name of its folder, which groups its operations in the API document. */
  name: string;
  /** What it is for, in one sentence without a full stop. For the API document. */
  description: string;
  endpoints?: readonly Endpoint[];
  /** Several features may subscribe to the same event: their operations run in the order of the features, in one transaction. */
  subscriptions?: readonly EventSubscription[];
  /** Started after messaging and before HTTP, in this order. */
  jobs?: readonly Job[];
  /** The invariants of its tables. */
  invariants?: readonly Invariant[];
  /** Its metrics. Labels have bounds: each combination of values is a time series. */
  metrics?: readonly BoundedMetric[];
  /** Runs once at start, before tokens are verified and events are consumed. A service whose feature fails does not start. */
  prepare?(): Promise<void>;
  /** Called after each commit of the consumer with the events that took effect. */
  onCommitted?(events: readonly Event[]): void;
  /** Called first at stop: answers waiting requests, so that HTTP can finish. */
  releaseRequests?(): void;
  /** Set by the one service that issues tokens: the keys that it publishes and verifies with. Default: those of JWKS_URL. */
  tokenKeys?: FetchKeys;
  /** Set by the same service: whether a token is still good by its own database, also while Kafka is away. */
  isCurrentToken?(token: IssuedToken): Promise<boolean>;
};

/** An event type and its operation. The operation gets a list and processes it as a set. */
export type EventSubscription = {
  [Type in EventType]: { event: Type; handle(trx: Knex.Transaction, events: readonly Event<Type>[]): Promise<void> };
}[EventType];

/** Work that runs while the service runs: a periodic job, or anything else with a start and a stop. */
export type Job = {
  start?(): void | Promise<void>;
  /** Returns when the running work has ended. */
  stop(): void | Promise<void>;
};
