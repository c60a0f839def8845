import { idText, runTransaction } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, pascalCase, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { id, named, time, wholeNumber } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import {
  dropParkedEvent,
  listParkedEvents,
  type ParkedEventRow,
  parkedEventErrors,
  readParkedEvent,
  replayParkedEvents,
} from './parked-events.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });
const listQuery = Joi.object<PageRequest>(pageQuery);
const dropQuery = Joi.object<{ force: boolean }, true>({
  force: Joi.boolean().default(false).description('true: also drop an event that only waits behind a refused one'),
});

const eventFields = {
  id: id().required().description("The event's id"),
  status: Joi.string().valid('refused', 'waiting').required().description('waiting: behind a refused event of the same key'),
  topic: Joi.string().required(),
  key: Joi.string().required(),
  type: Joi.string().required(),
  bytes: wholeNumber().required(),
  reason: Joi.string().description("The broker's reason for refusing the event"),
  createdAt: time().required(),
  parkedAt: time().required(),
};
const listedEvent = named('ParkedEvent', Joi.object(eventFields));
const wholeEvent = named('ParkedEventDetails', Joi.object({ ...eventFields, value: Joi.string().required() }));

/** `wake`: makes the relay publish now. */
type Dependencies = { db: Knex; wake(): void };

/** Lets admins list, read, replay and drop events that the broker refused, and the events that wait behind them. */
export function parkedEventRoutes(service: string, { db, wake }: Dependencies): Endpoint[] {
  const path = `/v1/${service}/parked-events`;
  const prefix = pascalCase(service);
  return [
    endpoint({
      operationId: `list${prefix}ParkedEvents`,
      method: 'get',
      path,
      summary: 'List events that the broker refused and the events that wait behind them, oldest first',
      access: 'admin',
      query: listQuery,
      answers: { 200: { description: 'A page of parked events, without their values', data: listedEvent, isList: true } },
      async handle({ query }) {
        return { status: 200, body: pageEnvelope(await listParkedEvents(db, query), presentParkedEvent) };
      },
    }),
    endpoint({
      operationId: `get${prefix}ParkedEvent`,
      method: 'get',
      path: `${path}/:id`,
      summary: 'Read a parked event',
      access: 'admin',
      params: idParams,
      example: { params: { id: exampleValues.messageId } },
      answers: { 200: { description: 'The parked event', data: wholeEvent } },
      async handle({ params }) {
        const row = await readParkedEvent(db, params.id);
        return reply(200, { ...presentParkedEvent(row), value: row.payload });
      },
    }),
    endpoint({
      operationId: `replay${prefix}ParkedEvents`,
      method: 'post',
      path: `${path}/:id/replay`,
      summary: 'Publish the parked events of the same key, oldest first',
      access: 'admin',
      needsFreshRevocations: false,
      params: idParams,
      example: { params: { id: exampleValues.messageId } },
      answers: {
        200: {
          description:
            'The number of events that the relay will publish, at most 10,000 per call. An event that is refused again is parked again',
          data: Joi.object({ replayed: wholeNumber().required() }),
        },
      },
      async handle({ params, user }) {
        const replayed = await replayParkedEvents(db, { eventId: params.id, actorId: user.id });
        wake();
        return reply(200, { replayed });
      },
    }),
    endpoint({
      operationId: `drop${prefix}ParkedEvent`,
      method: 'delete',
      path: `${path}/:id`,
      summary: 'Drop a parked event for good: it is never published',
      access: 'admin',
      needsFreshRevocations: false,
      params: idParams,
      query: dropQuery,
      errors: [parkedEventErrors.PARKED_EVENT_WAITS],
      example: { params: { id: exampleValues.messageId } },
      answers: { 204: { description: 'Dropped. Events that wait behind it still wait' } },
      async handle({ params, query: { force }, user }) {
        const order = { eventId: params.id, actorId: user.id };
        await runTransaction(db, (trx) => dropParkedEvent(trx, order, { isForced: force }));
        return { status: 204 };
      },
    }),
  ];
}

function presentParkedEvent(row: ParkedEventRow) {
  return {
    id: idText(row.event_id),
    status: row.reason === null ? 'waiting' : 'refused',
    topic: row.topic,
    key: row.message_key.toString(),
    type: row.type,
    bytes: row.bytes,
    ...(row.reason === null ? {} : { reason: row.reason }),
    createdAt: row.created_at.toISOString(),
    parkedAt: row.parked_at.toISOString(),
  };
}
