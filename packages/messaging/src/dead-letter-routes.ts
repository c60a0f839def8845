import { idText, runTransaction } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, pascalCase, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { id, named, time, wholeNumber } from '@florin/values';
import Joi from 'joi';
import {
  type DeadLetterRow,
  deadLetterErrors,
  dropDeadLetter,
  listDeadLetters,
  readDeadLetter,
  replayDeadLetter,
} from './dead-letters.ts';
import type { HandleOptions } from './handle-batch.ts';
import { ForgedEvent } from './is-poison.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });
const dropQuery = Joi.object<{ force: boolean }, true>({
  force: Joi.boolean().default(false).description('true: also drop a message that is only parked'),
});
const listQuery = Joi.object<PageRequest>(pageQuery);

const deadLetterSchema = named(
  'DeadLetter',
  Joi.object({
    id: id().required(),
    status: Joi.string()
      .valid('dead', 'parked', 'forged')
      .required()
      .description('parked: waits behind a dead message of the same key. forged: has no valid signature, and blocks no key'),
    topic: Joi.string().required(),
    partition: wholeNumber().required(),
    offset: Joi.string().required(),
    key: Joi.string().allow(null).required(),
    value: Joi.string().allow(null).required(),
    reason: Joi.string(),
    attempts: wholeNumber().required(),
    createdAt: time().required(),
  }),
);

/** Lets admins list, read, replay and drop messages that could not be handled. */
export function deadLetterRoutes(service: string, handling: HandleOptions): Endpoint[] {
  const { db, consumer } = handling;
  const path = `/v1/${service}/dead-letters`;
  const prefix = pascalCase(service);
  return [
    endpoint({
      operationId: `list${prefix}DeadLetters`,
      method: 'get',
      path,
      summary: 'List dead and parked messages, in the order in which they arrived',
      access: 'admin',
      query: listQuery,
      answers: { 200: { description: 'A page of dead letters', data: deadLetterSchema, isList: true } },
      async handle({ query }) {
        const page = await listDeadLetters(db, consumer, query);
        return {
          status: 200,
          body: pageEnvelope(page, presentDeadLetter),
        };
      },
    }),
    endpoint({
      operationId: `get${prefix}DeadLetter`,
      method: 'get',
      path: `${path}/:id`,
      summary: 'Read a dead letter',
      access: 'admin',
      params: idParams,
      example: { params: { id: exampleValues.messageId } },
      answers: { 200: { description: 'The dead letter', data: deadLetterSchema } },
      async handle({ params }) {
        return reply(200, presentDeadLetter(await readDeadLetter(db, consumer, params.id)));
      },
    }),
    endpoint({
      operationId: `replay${prefix}DeadLetter`,
      method: 'post',
      path: `${path}/:id/replay`,
      summary: 'Handle a dead letter again, and then the messages parked behind it, in order',
      access: 'admin',
      needsFreshRevocations: false,
      params: idParams,
      errors: [deadLetterErrors.DEAD_LETTER_STILL_FAILS],
      example: { params: { id: exampleValues.messageId } },
      answers: {
        200: { description: 'The number of messages handled', data: Joi.object({ replayed: wholeNumber().required() }) },
      },
      async handle({ params, user }) {
        return reply(200, { replayed: await replayDeadLetter(handling, { id: params.id, actorId: user.id }) });
      },
    }),
    endpoint({
      operationId: `drop${prefix}DeadLetter`,
      method: 'delete',
      path: `${path}/:id`,
      summary: 'Drop a dead letter for good',
      access: 'admin',
      needsFreshRevocations: false,
      params: idParams,
      query: dropQuery,
      errors: [deadLetterErrors.DEAD_LETTER_PARKED],
      example: { params: { id: exampleValues.messageId } },
      answers: { 204: { description: 'Dropped. Messages parked behind it stay parked' } },
      async handle({ params, query: { force }, user }) {
        const order = { id: params.id, actorId: user.id, isForced: force };
        await runTransaction(db, (trx) => dropDeadLetter(trx, consumer, order));
        return { status: 204 };
      },
    }),
  ];
}

function presentDeadLetter(row: DeadLetterRow) {
  return {
    id: idText(row.id),
    status: row.cause === ForgedEvent.cause ? 'forged' : row.status,
    topic: row.topic,
    partition: row.partition_id,
    offset: String(row.message_offset),
    key: row.message_key?.toString() ?? null,
    value: row.value?.toString() ?? null,
    ...(row.reason === null ? {} : { reason: row.reason }),
    attempts: row.attempts,
    createdAt: row.created_at.toISOString(),
  };
}
