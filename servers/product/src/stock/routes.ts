import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { id, line, named, quantity, time } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { stockErrors } from './errors.ts';
import { MAX_NOTE_LENGTH, MAX_STOCK, movementSchema, presentMovement, staffReasons } from './movement.ts';
import { movementsByKey } from './movements-by-key.ts';
import { postMovement, type WantedMovement } from './post-movement.ts';
import { assertProduct, listMovements } from './read-movements.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });

// biome-ignore-start lint/suspicious/noThenProperty: it is Joi's name
const ofCounts = { is: 'count', then: Joi.required(), otherwise: Joi.forbidden() };
const exceptOfCounts = { is: 'count', then: Joi.forbidden(), otherwise: Joi.required() };
// biome-ignore-end lint/suspicious/noThenProperty: it is Joi's name

const newMovement = named(
  'NewStockMovement',
  Joi.object<WantedMovement, true>({
    delta: quantity()
      .min(-MAX_STOCK)
      .max(MAX_STOCK)
      .invalid(0)
      .when('reason', exceptOfCounts)
      .description('Units to add (+) or remove (-); negative for goods returned to the supplier. Not with the reason count'),
    reason: Joi.string()
      .valid(...staffReasons)
      .required(),
    note: line(MAX_NOTE_LENGTH).description('Note for colleagues'),
    count: quantity()
      .min(0)
      .max(MAX_STOCK)
      .when('reason', ofCounts)
      .description(
        'With the reason count: the units that were counted. The stock becomes this plus all movements after countedAt',
      ),
    countedAt: time().when('reason', ofCounts).description('With the reason count: the time of counting, not in the future'),
  }),
);

const listQuery = Joi.object<PageRequest>(pageQuery);

export function stockRoutes({ db, transact }: { db: Knex; transact: Transact }): Endpoint[] {
  const post = endpoint({
    operationId: 'createStockMovement',
    method: 'post',
    path: '/v1/products/:id/stock-movements',
    summary: 'Move stock: post a delivery, a correction, a loss or a count',
    description: 'Idempotency keys are per user: if two users send the same key, the stock moves twice',
    access: 'staff',
    params: idParams,
    body: newMovement,
    idempotent: movementsByKey(db),
    errors: Object.values(stockErrors),
    example: { params: { id: exampleValues.productId }, body: { delta: 12, reason: 'delivery' } },
    answers: {
      201: { description: 'The movement', data: movementSchema },
      200: {
        description: 'The movement that an earlier request posted under this key (Idempotent-Replayed: true)',
        data: movementSchema,
      },
    },
    async handle({ params, body, user, keyed }) {
      const wanted = { productId: params.id, ...body, ...keyed, by: user.id };
      return reply(201, await transact((trx) => postMovement(trx, wanted)));
    },
  });

  const list = endpoint({
    operationId: 'listStockMovements',
    method: 'get',
    path: '/v1/products/:id/stock-movements',
    summary: "List a product's stock movements, newest first",
    access: 'staff',
    params: idParams,
    query: listQuery,
    example: { params: { id: exampleValues.productId } },
    answers: { 200: { description: 'A page of movements', data: movementSchema, isList: true } },
    async handle({ params, query: { limit, cursor } }) {
      await assertProduct(db, params.id);
      const page = await listMovements(db, params.id, { limit, cursor });
      return { status: 200, body: pageEnvelope(page, presentMovement) };
    },
  });

  return [post, list];
}
