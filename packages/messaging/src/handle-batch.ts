import { type Event, type EventType, type ParsedMessage, parseEvent } from '@florin/events';
import { faultOf, type Logger, type ReachCrashPoint, runTransaction } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Message, MessageBatch } from './broker.ts';
import { condemnMessage } from './condemn-message.ts';
import { saveOffsets } from './consumer-offsets.ts';
import { continuingTraces } from './continue-traces.ts';
import { ForeignMessage, isEventsFault, PoisonError } from './event-fault.ts';
import { type ForeignLetter, keepForeign } from './foreign-messages.ts';
import { isInboxConflict, receiveEvents } from './inbox.ts';
import { lockQuarantined, type SetAside, setAside } from './quarantine.ts';
import { cutIntoRounds, type KeyedEvent } from './rounds.ts';
import type { Subscriptions } from './subscriptions.ts';

export type HandleOptions = {
  db: Knex;
  logger: Logger;
  /** The consumer group, and the name in the inbox. */
  consumer: string;
  subscriptions: Subscriptions;
  reachCrashPoint: ReachCrashPoint;
  /** Called after each commit with the events that took effect. */
  onCommitted(events: readonly Event[]): void;
  /** Called after each commit with how many messages of a topic were passed over because no producer of ours made them. */
  onForeign?(topic: string, messages: number): void;
};

/** A message, read once. */
type Letter = SetAside & { parsed: ParsedMessage };

/** Messages of one partition, in order. */
export type Piece = Pick<MessageBatch, 'topic' | 'partition' | 'messages'>;

/**
 * Handles pieces of several partitions in one transaction: a commit costs the same for one as for all. Where that fails each
 * piece goes alone, so that one partition's trouble is not the others'.
 *
 * @returns the outcome of each piece, in their order
 */
export async function handlePieces(options: HandleOptions, pieces: readonly Piece[]): Promise<PromiseSettledResult<void>[]> {
  if (pieces.length > 1) {
    try {
      await settle(options, pieces);
      return pieces.map(() => ({ status: 'fulfilled', value: undefined }));
    } catch (error) {
      options.logger.debug('pieces of several partitions failed together, and go one by one', faultOf(error));
    }
  }
  return Promise.allSettled(pieces.map((piece) => handleBatch(options, piece)));
}

/**
 * Handles messages of one partition in one transaction, together with their inbox rows and the next offset. When an event
 * proves to be poison the messages are halved until it is alone; it is then set aside, and what follows with its key parks
 * behind it while all else flows.
 *
 * @throws whatever is not an event's own fault; then nothing of the piece that failed is written, and it is to be tried again
 */
export async function handleBatch(options: HandleOptions, piece: Piece): Promise<void> {
  try {
    await settle(options, [piece]);
  } catch (error) {
    if (!isEventsFault(error)) throw error;
    const { messages } = piece;
    const [only] = messages;
    if (messages.length === 1 && only !== undefined) {
      await condemn(options, { topic: piece.topic, partition: piece.partition, message: only, error });
      return;
    }
    const middle = Math.ceil(messages.length / 2);
    await handleBatch(options, { ...piece, messages: messages.slice(0, middle) });
    await handleBatch(options, { ...piece, messages: messages.slice(middle) });
  }
}

async function condemn({ db, consumer, logger }: HandleOptions, letter: SetAside): Promise<void> {
  await runTransaction(db, (trx) => condemnMessage(trx, consumer, letter));
  const { topic, partition, message, error } = letter;
  logger.error('dead letter', { topic, partition, offset: message.offset, error: (error as Error).message });
}

async function settle(options: HandleOptions, pieces: readonly Piece[]): Promise<void> {
  const { settled, foreign } = await runTransaction(options.db, (trx) => settleIn(trx, options, pieces), isInboxConflict);
  options.reachCrashPoint('after-commit-before-offset');
  if (foreign.length > 0) reportForeign(options, foreign);
  options.onCommitted(settled);
}

type Settled = { settled: Event[]; foreign: readonly ForeignLetter[] };

async function settleIn(trx: Knex.Transaction, options: HandleOptions, pieces: readonly Piece[]): Promise<Settled> {
  const { consumer, reachCrashPoint } = options;
  const letters = pieces.flatMap(({ topic, partition, messages }) =>
    messages.map((message): Letter => ({ topic, partition, message, parsed: parseEvent(message.value) })),
  );
  const foreign = letters.flatMap(foreignLetter);
  const heard = letters.filter(({ parsed }) => isHeard(parsed, options.subscriptions));
  const quarantined = await lockQuarantined(trx, consumer, distinctKeys(heard));
  const isParked = ({ message }: Letter): boolean => message.key !== null && quarantined.has(keyOf(message));

  const free = heard.filter((letter) => !isParked(letter));
  const settled = await settleEvents(
    trx,
    options,
    free.map(({ message, parsed }) => ({ key: keyOf(message), event: requireEvent(parsed) })),
  );
  await setAside(trx, consumer, heard.filter(isParked));
  await keepForeign(trx, consumer, foreign);
  await saveOffsets(trx, consumer, pieces);
  reachCrashPoint('before-commit');
  return { settled, foreign };
}

function foreignLetter({ topic, partition, message, parsed }: Letter): ForeignLetter[] {
  return isForeign(parsed) ? [{ topic, partition, message, reason: parsed.reason }] : [];
}

/** Once for all of a batch: a flood of them must not flood the log. */
function reportForeign({ logger, onForeign }: HandleOptions, foreign: readonly ForeignLetter[]): void {
  const [{ topic, partition, message, reason } = { topic: '', partition: 0, message: { offset: '' }, reason: '' }] = foreign;
  const first = { topic, partition, offset: message.offset, reason };
  logger.warn('messages that no producer of ours made are passed over', { messages: foreign.length, ...first });
  for (const each of new Set(foreign.map((letter) => letter.topic)))
    onForeign?.(each, foreign.filter((letter) => letter.topic === each).length);
}

/**
 * Takes events through the inbox and hands those that are new to their operations, in rounds.
 *
 * @returns the events that took effect
 */
export async function settleEvents(
  trx: Knex.Transaction,
  { consumer, subscriptions, reachCrashPoint }: Pick<HandleOptions, 'consumer' | 'subscriptions' | 'reachCrashPoint'>,
  events: readonly KeyedEvent[],
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
  return todo.map(({ event }) => event);
}

async function dispatch(
  trx: Knex.Transaction,
  subscriptions: Subscriptions,
  { type, events }: { type: EventType; events: readonly Event[] },
) {
  const operation = subscriptions[type] as ((trx: Knex.Transaction, events: readonly Event[]) => Promise<void>) | undefined;
  if (operation === undefined) throw new Error(`${type} came through without a subscription.`);
  await continuingTraces(events, () => operation(trx, events));
}

/** Delivered twice in one batch: the first counts. */
function onlyFirst(events: readonly KeyedEvent[]): KeyedEvent[] {
  const seen = new Set<string>();
  return events.filter(({ event: { id } }) => !seen.has(id) && seen.add(id));
}

function isForeign(parsed: ParsedMessage): parsed is Extract<ParsedMessage, { kind: 'unreadable' }> & { type?: never } {
  return parsed.kind === 'unreadable' && parsed.type === undefined;
}

/** Types that this release does not know, and types of the topic that this service does not read, are passed over. */
function isHeard(parsed: ParsedMessage, subscriptions: Subscriptions): boolean {
  if (parsed.kind === 'unknown-type') return false;
  const type = parsed.kind === 'event' ? parsed.event.type : parsed.type;
  return type !== undefined && subscriptions[type] !== undefined;
}

/** @throws PoisonError when the message holds no event, or one that breaks its schema */
export function keyedEvent(message: Message): KeyedEvent {
  return { key: keyOf(message), event: requireEvent(parseEvent(message.value)) };
}

function requireEvent(parsed: ParsedMessage): Event {
  switch (parsed.kind) {
    case 'event':
      return parsed.event;
    case 'malformed':
      throw new PoisonError(`${parsed.type} ${parsed.id} does not match its schema: ${parsed.reason}`);
    case 'unknown-type':
      throw new PoisonError(`${parsed.type} is of a type that this release does not know.`);
    case 'unreadable':
      if (parsed.type === undefined) throw new ForeignMessage(parsed.reason);
      throw new PoisonError(`${parsed.type} cannot be read: ${parsed.reason}`);
  }
}

function distinctKeys(letters: readonly SetAside[]): Buffer[] {
  const keys = new Map(letters.map(({ message }) => [keyOf(message), message.key]));
  return [...keys.values()].filter((key) => key !== null);
}

function keyOf({ key }: Message): string {
  return key?.toString('latin1') ?? '';
}
