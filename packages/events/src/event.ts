import { storedId, storedTime } from '@florin/values';
import Joi from 'joi';
import { definitionOf, type EventData, type EventType, eventTypes } from './catalogue.ts';
import type { Aggregate, Source, Topic } from './define-event.ts';
import { newId } from './new-id.ts';
import { readTraceparent } from './trace-context.ts';
import type { ReceivedMessage, VerifyEvent } from './verify-event.ts';

/** An event in the structured JSON format of CloudEvents 1.0, with the `sequence` extension. A union of one member per type. */
export type Event<Type extends EventType = EventType> = { [T in Type]: EventOf<T> }[Type];

type EventOf<Type extends EventType> = {
  specversion: '1.0';
  id: string;
  source: Source;
  type: Type;
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  dataschema: string;
  /** 20 digits, zero-padded. Strictly increasing per subject and source. */
  sequence: string;
  traceparent?: string;
  data: EventData<Type>;
};

/** An event with its topic and Kafka key: the user's id, so that all events of a user keep their order, or the product's. */
export type OutgoingEvent = {
  topic: Topic;
  key: string;
  event: Event;
  /** The event as JSON, once its size has been measured, so that it is serialised once. */
  payload?: string;
};

type Facts<Type extends EventType> = {
  /** Sequence number from the aggregate's locked or newly inserted row. */
  sequence: number;
  data: EventData<Type>;
  time?: Date;
  /** The `traceparent`, if it differs from that of the current request. `appendEvents` fills in the current one. */
  traceparent?: string | undefined;
};

/**
 * Makes an event of the catalogue, ready for the outbox.
 *
 * @throws Error if the data does not match the schema or the sequence is not a whole number. That is a fault of the producer,
 *   never of a client
 */
export function makeEvent<Type extends EventType>(
  type: Type,
  { sequence, data, time = new Date(), traceparent }: Facts<Type>,
): OutgoingEvent {
  const definition = definitionOf(type);
  const { error } = definition.schema.validate(data, { convert: false });
  if (error) throw new Error(`${type} is malformed: ${error.message}`);
  if (!Number.isSafeInteger(sequence) || sequence < 0) throw new Error(`${type} has the sequence ${sequence}`);
  const event = {
    specversion: '1.0',
    id: newId(),
    source: definition.source,
    type,
    subject: idOf(definition.aggregate, data as object),
    time: time.toISOString(),
    datacontenttype: 'application/json',
    dataschema: dataSchemaOf(type),
    sequence: String(sequence).padStart(20, '0'),
    ...traced(traceparent),
    data,
  } as Event;
  return { topic: definition.topic, key: idOf(definition.key, data as object), event };
}

/** Returns the Kafka key of an event: the id whose events keep their order. */
export function keyOf({ type, data }: Event): string {
  return idOf(definitionOf(type).key, data);
}

export function dataSchemaOf(type: EventType): string {
  return `urn:florin:event:${type}:1`;
}

function idOf(aggregate: Aggregate, data: object): string {
  return (data as Record<string, string>)[`${aggregate}Id`] as string;
}

const envelope = Joi.object({
  specversion: Joi.string().valid('1.0').required(),
  id: storedId().required(),
  source: Joi.string().required(),
  type: Joi.string().required(),
  subject: Joi.string().required(),
  time: storedTime().required(),
  sequence: Joi.string()
    .pattern(/^\d{20}$/)
    .required(),
  data: Joi.object().required(),
})
  .unknown()
  .prefs({ convert: false });

/**
 * A parsed message. `forged`: it has no valid signature. `unknown-key`: the key that signed it must be configured first.
 * `unknown-type`: consumers skip it, so that old and new releases can run side by side. `malformed`: a Florin event whose data
 * does not match its schema. `unreadable`: not an event; it has a `type` if it claims to be a Florin event, and otherwise no
 * Florin producer can have made it.
 */
export type ParsedMessage =
  | { kind: 'event'; event: Event }
  | { kind: 'forged'; reason: string }
  | { kind: 'unknown-key'; keyId: string; reason: string }
  | { kind: 'unknown-type'; type: string }
  | { kind: 'malformed'; id: string; type: EventType; reason: string }
  | { kind: 'unreadable'; reason: string; type?: EventType };

/**
 * Verifies a message and parses its value. Never throws. Drops unknown fields and an invalid `traceparent`. Every reader of a
 * topic parses messages with this function, so that none forgets to verify them.
 */
export function parseEvent(message: ReceivedMessage, verify: VerifyEvent): ParsedMessage {
  const verdict = verify(message);
  return verdict.kind === 'genuine' ? parseValue(message.value) : verdict;
}

function parseValue(value: Buffer | null): ParsedMessage {
  if (value === null) return { kind: 'unreadable', reason: 'The message has no value.' };
  const json = parseJson(value);
  if (json === undefined) return { kind: 'unreadable', reason: 'The value is not JSON.' };
  const { error } = envelope.validate(json);
  if (error) return { kind: 'unreadable', reason: `Not a CloudEvent: ${error.message}`, ...claimedType(json) };
  const event = json as Event & { type: string };
  if (!isEventType(event.type)) return { kind: 'unknown-type', type: event.type };
  const data = definitionOf(event.type).schema.validate(event.data, { convert: false, stripUnknown: true });
  if (data.error) return { kind: 'malformed', id: event.id, type: event.type, reason: data.error.message };
  return { kind: 'event', event: withTrace(event, data.value as Event['data']) };
}

/** Drops the signature. Copies the event only if its `traceparent` is invalid, because every consumed event passes here. */
function withTrace(event: Event & { florinsig?: unknown }, data: Event['data']): Event {
  event.data = data;
  // The last member, so that the object keeps its fast form.
  delete event.florinsig;
  if (event.traceparent === undefined || readTraceparent(event.traceparent) === event.traceparent) return event;
  const { traceparent, ...others } = event;
  return { ...others, ...traced(traceparent) } as Event;
}

function traced(traceparent: unknown): { traceparent?: string } {
  const read = readTraceparent(traceparent);
  return read === undefined ? {} : { traceparent: read };
}

function claimedType(json: unknown): { type?: EventType } {
  const { type } = (json ?? {}) as { type?: unknown };
  return isEventType(type) ? { type } : {};
}

function isEventType(type: unknown): type is EventType {
  return (eventTypes as unknown[]).includes(type);
}

function parseJson(value: Buffer): unknown {
  try {
    return JSON.parse(value.toString('utf8'));
  } catch {
    return undefined;
  }
}
