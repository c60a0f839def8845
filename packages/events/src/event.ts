import { storedId, storedTime } from '@florin/values';
import Joi from 'joi';
import { definitionOf, type EventData, type EventType, eventTypes } from './catalogue.ts';
import type { Source, Topic } from './define-event.ts';
import { newId } from './new-id.ts';
import { readTraceparent } from './trace-context.ts';

/** An event as CloudEvents 1.0 has it (structured JSON), with the `sequence` extension; one member of the union per type. */
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
  /** Zero-padded to 20 digits; strictly increasing per subject and source. */
  sequence: string;
  traceparent?: string;
  data: EventData<Type>;
};

/** An event with where it goes: the topic and the Kafka key (the user's id, so that all of a buyer's events keep one order). */
export type OutgoingEvent = { topic: Topic; key: string; event: Event };

type Facts<Type extends EventType> = {
  /** From the aggregate's locked or newly inserted row. */
  sequence: number;
  data: EventData<Type>;
  time?: Date;
  /** Where the event goes on with a trace other than the one that is worked on. `appendEvents` fills in that one. */
  traceparent?: string | undefined;
};

/**
 * Makes an event of the catalogue, ready for the outbox.
 *
 * @throws Error when the data does not match the event's schema or the sequence is no whole number: a producer's mistake, never a
 *   client's, and consumers could not read it
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
    subject: subjectOf(definition.aggregate, data as object),
    time: time.toISOString(),
    datacontenttype: 'application/json',
    dataschema: dataSchemaOf(type),
    sequence: String(sequence).padStart(20, '0'),
    ...traced(traceparent),
    data,
  } as Event;
  return { topic: definition.topic, key: (data as { userId: string }).userId, event };
}

export function dataSchemaOf(type: EventType): string {
  return `urn:florin:event:${type}:1`;
}

function subjectOf(aggregate: 'user' | 'purchase' | 'wallet', data: object): string {
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
 * What a message turned out to be. `unknown-type` is for a consumer to skip, so that old and new releases run side by side;
 * `malformed` is an event of ours whose data breaks its schema; `unreadable` is no event at all, and has a `type` where it claims to be
 * one of ours: without it no producer of ours can have made the message.
 */
export type ParsedMessage =
  | { kind: 'event'; event: Event }
  | { kind: 'unknown-type'; type: string }
  | { kind: 'malformed'; id: string; type: EventType; reason: string }
  | { kind: 'unreadable'; reason: string; type?: EventType };

/** Reads a message's value. Never throws; fields that this release does not know and an invalid traceparent are dropped. */
export function parseEvent(value: Buffer | null): ParsedMessage {
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

/** Copies the event only where its traceparent is invalid: every event that is consumed comes through here. */
function withTrace(event: Event, data: Event['data']): Event {
  event.data = data;
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
