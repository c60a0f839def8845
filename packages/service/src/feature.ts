import type { FetchKeys } from '@florin/auth-middleware';
import type { Transact } from '@florin/database';
import type { Event, EventType } from '@florin/events';
import type { Endpoint } from '@florin/http';
import type { Invariant } from '@florin/invariants';
import type { ClockWatch, Logger, Metrics } from '@florin/runtime';
import type { Knex } from 'knex';

/** The parts of a service that its features are made from. None is connected yet. */
export type ServiceContext<Config> = {
  config: Config;
  db: Knex;
  /** Runs work in one transaction, and publishes the events that it appends. */
  transact: Transact;
  logger: Logger;
  clocks: ClockWatch;
  metrics: Metrics;
  /** @throws AppError UNAVAILABLE (503) with Retry-After while events are delayed so long that a purchase should not begin */
  assertTimely(): void;
};

/** One feature of a service, as a value: all that the service has to mount, subscribe, start and stop for it. */
export type Feature = {
  /** The name of its folder. */
  name: string;
  endpoints?: readonly Endpoint[];
  /** Several features may subscribe to the same event: their operations run in the order of the features, in one transaction. */
  subscriptions?: readonly EventSubscription[];
  /** Started after messaging and before HTTP, in this order. */
  jobs?: readonly Job[];
  /** The rules that the rows of its tables keep. */
  invariants?: readonly Invariant[];
  /** Runs once at start, before tokens are verified and events are consumed. A service whose feature fails does not start. */
  prepare?(): Promise<void>;
  /** Called after each commit of the consumer with the events that took effect. */
  onCommitted?(events: readonly Event[]): void;
  /** Called first at stop: answers the requests that wait for something, so that HTTP can finish. */
  releaseRequests?(): void;
  /** Given by the one service that issues tokens: the keys that it publishes, by which it also verifies. Default: those of JWKS_URL. */
  tokenKeys?: FetchKeys;
};

/** An event type and the operation on it. The operation gets a list and works on it as a set. */
export type EventSubscription = {
  [Type in EventType]: { event: Type; handle(trx: Knex.Transaction, events: readonly Event<Type>[]): Promise<void> };
}[EventType];

/** Work that goes on while the service runs: a periodic job, or anything else with a beginning and an end. */
export type Job = {
  start?(): void | Promise<void>;
  /** Returns when the work under way has ended. */
  stop(): void | Promise<void>;
};
