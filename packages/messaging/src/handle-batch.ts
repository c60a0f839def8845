import { newId, runTransaction } from '@florin/database';
import {
  type Event,
  type EventSignatures,
  type EventType,
  type ParsedMessage,
  parseEvent,
  type ReceivedMessage,
  type VerifyEvent,
} from '@florin/events';
import { currentRequestId, faultOf, type Logger, type ReachFailpoint, type SecurityEvent, type Tracer } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Message, MessageBatch } from './broker.ts';
import { saveOffsets } from './consumer-offsets.ts';
import { continuingTraces } from './continue-traces.ts';
import { requireDeadLetterRoom } from './dead-letter-limit.ts';
import { deadLetterMessage } from './dead-letter-message.ts';
import { isInboxConflict, receiveEvents } from './inbox.ts';
import { ForeignMessage, ForgedEvent, isPoison, PoisonError, UnknownSigningKey } from './is-poison.ts';
import { keepRejected, type RejectedMessage } from './keep-rejected.ts';
import { cutIntoOrderedGroups, type KeyedEvent } from './ordered-groups.ts';
import { type FailedMessage, lockQuarantined, parkMessages } from './park-messages.ts';
import { verifierFor } from './signature-starts.ts';
import type { Subscriptions } from './subscriptions.ts';
import { type BatchTrace, tracingBatch } from './trace-batch.ts';

export type HandleOptions = {
  db: Knex;
  logger: Logger;
  /** Undefined: batches are not traced. */
  tracer?: Tracer | undefined;
  /** The consumer group; also the consumer's name in the inbox. */
  consumer: string;
  subscriptions: Subscriptions;
  signatures: EventSignatures;
  reachFailpoint: ReachFailpoint;
  /** Maximum number of dead and parked messages (default 10,000). A partition whose next one would exceed it waits. */
  maxDeadLetters?: number;
  /** Called after each commit with the events that took effect. */
  onCommitted(events: readonly Event[]): void;
  /** Called after each commit with the number of messages of a topic that were skipped because no Florin producer made them. */
  onForeign?(topic: string, messages: number): void;
  /** Called after each commit with the number of messages of a topic that were refused because of their signature. */
  onForged?(topic: string, messages: number): void;
};

/** A message with its event, parsed once. */
type ParsedEntry = FailedMessage & { parsed: ParsedMessage };

/** Messages of one partition, in order. */
export type PartitionBatch = Pick<MessageBatch, 'topic' | 'partition' | 'messages'>;

/**
 * Handles batches of several partitions in one transaction: a commit costs the same for one as for all. If it fails, each batch
 * is handled alone, so that a failing partition does not hold the others up.
 *
 * @returns the outcome of each partition batch, in their order
 */
export async function handlePartitionBatches(
  options: HandleOptions,
  batches: readonly PartitionBatch[],
): Promise<PromiseSettledResult<void>[]> {
  if (batches.length > 1) {
    try {
      await apply(options, batches);
      return batches.map(() => ({ status: 'fulfilled', value: undefined }));
    } catch (error) {
      options.logger.debug('batches of several partitions failed together and are handled one by one', faultOf(error));
    }
  }
  return Promise.allSettled(batches.map((batch) => handleBatch(options, batch)));
}

/**
 * Handles messages of one partition in one transaction, together with their inbox rows and the next offset. A batch with a poison
 * message is halved until that message is alone. The message is then dead-lettered, and later messages of its key are parked behind
 * it. Messages of other keys are not affected.
 *
 * @throws every error that is not poison (`isPoison`); then nothing of the failed batch is written, and it must be retried
 */
export async function handleBatch(options: HandleOptions, batch: PartitionBatch): Promise<void> {
  try {
    await apply(options, [batch]);
  } catch (error) {
    if (!isPoison(error)) throw error;
    const { topic, partition, messages } = batch;
    const [only] = messages;
    if (messages.length === 1 && only !== undefined) {
      await deadLetter(options, { topic, partition, message: only, error });
      return;
    }
    const middle = Math.ceil(messages.length / 2);
    await handleBatch(options, { ...batch, messages: messages.slice(0, middle) });
    await handleBatch(options, { ...batch, messages: messages.slice(middle) });
  }
}

async function deadLetter({ db, consumer, logger, maxDeadLetters }: HandleOptions, failed: FailedMessage): Promise<void> {
  await runTransaction(db, async (trx) => {
    await deadLetterMessage(trx, consumer, failed);
    await requireDeadLetterRoom(trx, consumer, maxDeadLetters);
  });
  const { topic, partition, message, error } = failed;
  logger.error('dead letter', { topic, partition, offset: message.offset, error: (error as Error).message });
}

async function apply(options: HandleOptions, batches: readonly PartitionBatch[]): Promise<void> {
  const requestId = currentRequestId() ?? newId();
  const { applied, rejected } = await tracingBatch(options, requestId, (trace) =>
    runTransaction(options.db, (trx) => applyIn(trx, { ...options, trace }, batches), isInboxConflict),
  );
  options.reachFailpoint('after-commit-before-offset');
  if (rejected.length > 0) reportRejected(options, rejected);
  options.onCommitted(applied);
}

type Handling = HandleOptions & { trace?: BatchTrace | undefined };
type Applied = { applied: Event[]; rejected: readonly RejectedMessage[] };

async function applyIn(trx: Knex.Transaction, options: Handling, batches: readonly PartitionBatch[]): Promise<Applied> {
  const { consumer, reachFailpoint } = options;
  const messages = batches.flatMap((batch) => batch.messages);
  const received = parseBatches(batches, await verifierFor(trx, options.signatures, messages));
  const rejected = received.flatMap(rejectedMessage);
  const subscribed = received.filter(({ parsed }) => isSubscribed(parsed, options.subscriptions));
  options.trace?.begin(subscribed.flatMap(({ parsed }) => (parsed.kind === 'event' ? [parsed.event] : [])));
  const quarantined = await lockQuarantined(trx, consumer, distinctKeys(subscribed));
  const isParked = ({ message }: ParsedEntry): boolean => message.key !== null && quarantined.has(keyOf(message));

  const parked = subscribed.filter(isParked);
  const free = subscribed.filter((one) => !isParked(one));
  const applied = await applyEvents(
    trx,
    options,
    free.map(({ message, parsed }) => ({ key: keyOf(message), event: requireEvent(parsed) })),
  );
  await parkMessages(trx, consumer, parked);
  await keepRejected(trx, consumer, rejected);
  await saveOffsets(trx, consumer, batches);
  if (parked.length > 0) await requireDeadLetterRoom(trx, consumer, options.maxDeadLetters);
  reachFailpoint('before-commit');
  return { applied, rejected };
}

/** @throws UnknownSigningKey so that the batch waits: its event may be genuine */
function parseBatches(batches: readonly PartitionBatch[], verify: VerifyEvent): ParsedEntry[] {
  return batches.flatMap(({ topic, partition, messages }) =>
    messages.map((message): ParsedEntry => {
      const { offset, key, value } = message;
      const parsed = parseEvent({ topic, partition, offset, key, value }, verify);
      if (parsed.kind === 'unknown-key') throw new UnknownSigningKey(parsed.reason);
      return { topic, partition, message, parsed };
    }),
  );
}

function rejectedMessage({ topic, partition, message, parsed }: ParsedEntry): RejectedMessage[] {
  if (parsed.kind === 'forged') return [{ topic, partition, message, error: new ForgedEvent(parsed.reason) }];
  return isForeign(parsed) ? [{ topic, partition, message, error: new ForeignMessage(parsed.reason) }] : [];
}

function reportRejected({ logger, onForeign, onForged }: HandleOptions, rejected: readonly RejectedMessage[]): void {
  const foreign = rejected.filter(({ error }) => error instanceof ForeignMessage);
  const forged = rejected.filter(({ error }) => error instanceof ForgedEvent);
  if (foreign.length > 0) logger.warn('skipped messages that no Florin producer made', firstOf(foreign));
  if (forged.length > 0) logger.error('events.forged' satisfies SecurityEvent, firstOf(forged));
  countByTopic(foreign, onForeign);
  countByTopic(forged, onForged);
}

/** Describes the first message and counts all: one log line per batch, so that many messages do not flood the log. */
function firstOf(rejected: readonly RejectedMessage[]): object {
  const [first] = rejected;
  if (first === undefined) return {};
  const { topic, partition, message, error } = first;
  return { messages: rejected.length, topic, partition, offset: message.offset, reason: error.message };
}

function countByTopic(rejected: readonly RejectedMessage[], count: HandleOptions['onForged']): void {
  for (const each of new Set(rejected.map(({ topic }) => topic)))
    count?.(each, rejected.filter(({ topic }) => topic === each).length);
}

/**
 * Records events in the inbox and passes new ones to their operations, in ordered groups.
 *
 * @returns the events that took effect
 */
export async function applyEvents(
  trx: Knex.Transaction,
  { consumer, subscriptions, reachFailpoint, trace }: Pick<Handling, 'consumer' | 'subscriptions' | 'reachFailpoint' | 'trace'>,
  events: readonly KeyedEvent[],
): Promise<Event[]> {
  const fresh = await receiveEvents(
    trx,
    consumer,
    events.map(({ event }) => event),
  );
  const todo = onlyFirst(events).filter(({ event }) => fresh.has(event.id));
  for (const group of cutIntoOrderedGroups(todo)) {
    for (const [type, sameType] of group) await dispatch(trx, subscriptions, { type, events: sameType, trace });
    reachFailpoint('inside-batch');
  }
  return todo.map(({ event }) => event);
}

async function dispatch(
  trx: Knex.Transaction,
  subscriptions: Subscriptions,
  { type, events, trace }: { type: EventType; events: readonly Event[]; trace: BatchTrace | undefined },
) {
  const operation = subscriptions[type] as ((trx: Knex.Transaction, events: readonly Event[]) => Promise<void>) | undefined;
  if (operation === undefined) throw new Error(`${type} has no subscription.`);
  // An operation that appends nothing has its events processed, too.
  if (trace !== undefined) for (const event of events) trace.traceparentOf(event);
  await continuingTraces(events, () => operation(trx, events), trace?.traceparentOf);
}

/** An event that a batch contains twice counts once. */
function onlyFirst(events: readonly KeyedEvent[]): KeyedEvent[] {
  const seen = new Set<string>();
  return events.filter(({ event: { id } }) => !seen.has(id) && seen.add(id));
}

function isForeign(parsed: ParsedMessage): parsed is Extract<ParsedMessage, { kind: 'unreadable' }> & { type?: never } {
  return parsed.kind === 'unreadable' && parsed.type === undefined;
}

/** False for types that this release does not know, and for types of the topic that this service does not subscribe to. */
function isSubscribed(parsed: ParsedMessage, subscriptions: Subscriptions): boolean {
  if (parsed.kind === 'unknown-type' || parsed.kind === 'forged' || parsed.kind === 'unknown-key') return false;
  const type = parsed.kind === 'event' ? parsed.event.type : parsed.type;
  return type !== undefined && subscriptions[type] !== undefined;
}

/** @throws PoisonError when the message is forged, has no event, or one that does not match its schema; UnknownSigningKey */
export function keyedEvent(message: ReceivedMessage, verify: VerifyEvent): KeyedEvent {
  return { key: keyOf(message), event: requireEvent(parseEvent(message, verify)) };
}

function requireEvent(parsed: ParsedMessage): Event {
  switch (parsed.kind) {
    case 'event':
      return parsed.event;
    case 'forged':
      throw new ForgedEvent(parsed.reason);
    case 'unknown-key':
      throw new UnknownSigningKey(parsed.reason);
    case 'malformed':
      throw new PoisonError(`${parsed.type} ${parsed.id} does not match its schema: ${parsed.reason}`);
    case 'unknown-type':
      throw new PoisonError(`${parsed.type} has a type that this release does not know.`);
    case 'unreadable':
      if (parsed.type === undefined) throw new ForeignMessage(parsed.reason);
      throw new PoisonError(`${parsed.type} cannot be read: ${parsed.reason}`);
  }
}

function distinctKeys(received: readonly FailedMessage[]): Buffer[] {
  const keys = new Map(received.map(({ message }) => [keyOf(message), message.key]));
  return [...keys.values()].filter((key) => key !== null);
}

function keyOf({ key }: Pick<Message, 'key'>): string {
  return key?.toString('latin1') ?? '';
}
