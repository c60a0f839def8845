import { AssertionError } from 'node:assert';
import { definitionOf, type Event, type EventType, eventTypes, type ParsedMessage, parseEvent } from '@florin/events';
import { faultOf, isDataFault, type Logger, newId, type ReachCrashPoint, runInContext, runTransaction } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Broker, Message, MessageBatch, Subscription } from './broker.ts';
import { saveOffset } from './consumer-offsets.ts';
import { type DeadLetter, insertDeadLetters } from './dead-letters.ts';
import { isInboxConflict, receiveEvents } from './inbox.ts';
import { cutIntoRounds, type KeyedEvent } from './rounds.ts';

/** The operation behind each event type. It gets a list and works on it as a set. */
export type Subscriptions = { [Type in EventType]?: (trx: Knex.Transaction, events: readonly Event<Type>[]) => Promise<void> };

export type ConsumerOptions = {
  db: Knex;
  broker: Broker;
  logger: Logger;
  /** The consumer group, and the name in the inbox. */
  consumer: string;
  subscriptions: Subscriptions;
  batchSize: number;
  reachCrashPoint: ReachCrashPoint;
  /** Called after each commit with the events that took effect. */
  onCommitted(events: readonly Event[]): void;
  /** The consumer ended and will not come back by itself. */
  onFatal(error: Error): void;
};

export type Consumer = {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Throws, naming partition and reason, while a partition cannot go on. */
  check(): void;
};

/** An event that can never be handled as it is: trying again will not help. */
class PoisonError extends Error {
  override readonly name = 'PoisonError';
}

const FAILURES_BEFORE_UNREADY = 3;

/** Handles the events that a service hears: each batch is one transaction, together with its inbox rows and its next offset. */
export function createConsumer(options: ConsumerOptions): Consumer {
  const troubles = new Map<string, { reason: string; failures: number; isPoison: boolean }>();
  let subscription: Subscription | undefined;
  const onBatch = async (batch: MessageBatch): Promise<void> => {
    const place = `${batch.topic}/${batch.partition}`;
    try {
      await runInContext({ requestId: newId() }, () => handleBatch(options, batch));
      troubles.delete(place);
    } catch (error) {
      const isPoison = isEventsFault(error);
      const failures = (troubles.get(place)?.failures ?? 0) + 1;
      troubles.set(place, { reason: (error as Error).message, failures, isPoison });
      options.logger.error(isPoison ? 'poison: the partition waits' : 'batch failed, will be tried again', {
        place,
        failures,
        ...faultOf(error),
      });
      throw error;
    }
  };
  return {
    async start() {
      subscription = await options.broker.subscribe({
        group: options.consumer,
        topics: topicsOf(options.subscriptions),
        batchSize: options.batchSize,
        onBatch,
        onCrash: options.onFatal,
      });
    },
    async stop() {
      await subscription?.stop();
    },
    check() {
      for (const [place, { reason, failures, isPoison }] of troubles) {
        if (isPoison || failures >= FAILURES_BEFORE_UNREADY) throw new Error(`${place} cannot go on: ${reason}`);
      }
    },
  };
}

function topicsOf(subscriptions: Subscriptions): string[] {
  return [...new Set(eventTypes.filter((type) => subscriptions[type] !== undefined).map((type) => definitionOf(type).topic))];
}

async function handleBatch(options: ConsumerOptions, batch: MessageBatch): Promise<void> {
  const { events, unreadable } = sortOut(batch, options.subscriptions);
  const work = (trx: Knex.Transaction): Promise<Event[]> => settleBatch(trx, options, { batch, events, unreadable });
  const settled = await runTransaction(options.db, work, isInboxConflict);
  options.reachCrashPoint('after-commit-before-offset');
  options.onCommitted(settled);
}

type SortedOut = { events: KeyedEvent[]; unreadable: DeadLetter[] };

async function settleBatch(
  trx: Knex.Transaction,
  { consumer, subscriptions, reachCrashPoint }: ConsumerOptions,
  { batch, events, unreadable }: SortedOut & { batch: MessageBatch },
): Promise<Event[]> {
  const fresh = await receiveEvents(
    trx,
    consumer,
    events.map(({ event }) => event),
  );
  const todo = onlyFirst(events).filter(({ event }) => fresh.has(event.id));
  for (const round of cutIntoRounds(todo)) {
    for (const [type, sameType] of round) await dispatch(trx, subscriptions, { type, events: sameType });
    reachCrashPoint('inside-batch');
  }
  await insertDeadLetters(trx, consumer, unreadable);
  await saveOffset(trx, consumer, batch);
  reachCrashPoint('before-commit');
  return todo.map(({ event }) => event);
}

async function dispatch(
  trx: Knex.Transaction,
  subscriptions: Subscriptions,
  { type, events }: { type: EventType; events: readonly Event[] },
) {
  const operation = subscriptions[type] as ((trx: Knex.Transaction, events: readonly Event[]) => Promise<void>) | undefined;
  if (operation === undefined) throw new Error(`${type} came through without a subscription.`);
  await operation(trx, events);
}

/** Delivered twice in one batch: the first counts. */
function onlyFirst(events: readonly KeyedEvent[]): KeyedEvent[] {
  const seen = new Set<string>();
  return events.filter(({ event: { id } }) => !seen.has(id) && seen.add(id));
}

function sortOut({ topic, partition, messages }: MessageBatch, subscriptions: Subscriptions): SortedOut {
  const events: KeyedEvent[] = [];
  const unreadable: DeadLetter[] = [];
  for (const message of messages) {
    const parsed = parseEvent(message.value);
    if (parsed.kind === 'unreadable') unreadable.push({ topic, partition, message, reason: parsed.reason });
    if (parsed.kind === 'malformed' && subscriptions[parsed.type]) throw new PoisonError(describe(parsed, message));
    if (parsed.kind === 'event' && subscriptions[parsed.event.type]) events.push({ key: keyOf(message), event: parsed.event });
  }
  return { events, unreadable };
}

function describe({ type, id, reason }: Extract<ParsedMessage, { kind: 'malformed' }>, { offset }: Message): string {
  return `offset ${offset}: ${type} ${id} does not match its schema: ${reason}`;
}

function keyOf({ key }: Message): string {
  return key?.toString('latin1') ?? '';
}

/** Only the event's own fault is poison; all else (a lost connection, a full disk, a missing column) may pass. */
function isEventsFault(error: unknown): boolean {
  return error instanceof PoisonError || error instanceof AssertionError || isDataFault(error);
}
