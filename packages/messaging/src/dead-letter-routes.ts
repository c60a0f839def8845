import { type Endpoint, endpoint, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { idText, runTransaction } from '@florin/runtime';
import { id, time, wholeNumber } from '@florin/values';
import Joi from 'joi';
import { type DeadLetterRow, dropDeadLetter, listDeadLetters, readDeadLetter, replayDeadLetter } from './dead-letters.ts';
import type { HandleOptions } from './handle-batch.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });
const dropQuery = Joi.object<{ force: boolean }, true>({
  force: Joi.boolean().default(false).description('true: also a letter that only waits behind a dead one'),
});
const listQuery = Joi.object<PageRequest>(pageQuery);

const letterSchema = Joi.object({
  id: id().required(),
  status: Joi.string().valid('dead', 'parked').required().description('parked waits behind a dead one of its key'),
  topic: Joi.string().required(),
  partition: wholeNumber().required(),
  offset: Joi.string().required(),
  key: Joi.string().allow(null).required(),
  value: Joi.string().allow(null).required(),
  reason: Joi.string(),
  attempts: wholeNumber().required(),
  createdAt: time().required(),
});

/** What an admin does with messages that could not be handled: list, read, replay, drop. */
export function deadLetterRoutes(service: string, handling: HandleOptions): Endpoint[] {
  const { db, consumer } = handling;
  const path = `/v1/${service}/dead-letters`;
  return [
    endpoint({
      method: 'get',
      path,
      summary: 'List dead letters and what waits behind them, in the order in which they came',
      access: 'admin',
      query: listQuery,
      answers: { 200: { description: 'A page of dead letters', data: letterSchema, isList: true } },
      async handle({ query }) {
        const page = await listDeadLetters(db, consumer, query);
        return {
          status: 200,
          body: pageEnvelope(page, presentLetter),
        };
      },
    }),
    endpoint({
      method: 'get',
      path: `${path}/:id`,
      summary: 'Read a dead letter',
      access: 'admin',
      params: idParams,
      answers: { 200: { description: 'The dead letter', data: letterSchema } },
      async handle({ params }) {
        return reply(200, presentLetter(await readDeadLetter(db, consumer, params.id)));
      },
    }),
    endpoint({
      method: 'post',
      path: `${path}/:id/replay`,
      summary: 'Handle a dead letter again, and all that waits behind it, in order',
      access: 'admin',
      params: idParams,
      answers: {
        200: { description: 'How many were handled', data: Joi.object({ replayed: wholeNumber().required() }) },
      },
      async handle({ params, user }) {
        return reply(200, { replayed: await replayDeadLetter(handling, { id: params.id, actorId: user.id }) });
      },
    }),
    endpoint({
      method: 'delete',
      path: `${path}/:id`,
      summary: 'Give a dead letter up for good',
      access: 'admin',
      params: idParams,
      query: dropQuery,
      answers: { 204: { description: 'It is gone; what waits behind it still waits' } },
      async handle({ params, query: { force }, user }) {
        const order = { id: params.id, actorId: user.id, isForced: force };
        await runTransaction(db, (trx) => dropDeadLetter(trx, consumer, order));
        return { status: 204 };
      },
    }),
  ];
}

function presentLetter(row: DeadLetterRow) {
  return {
    id: idText(row.id),
    status: row.status,
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
