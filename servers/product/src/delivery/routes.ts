import { AppError, requestErrors } from '@florin/app-response';
import { isStaff } from '@florin/auth-middleware';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, etagOf, exampleValues, ifMatchHeader, ifMatchOf, reply } from '@florin/http';
import { country, currency, id } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { deliveryErrors } from './errors.ts';
import {
  type DeliveryMethod,
  type MethodStatus,
  methodChangesSchema,
  methodSchema,
  methodStatuses,
  newMethodSchema,
} from './method.ts';
import { listMethods, readMethod } from './read-methods.ts';
import { createMethod, deleteMethod, editMethod } from './write-methods.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });
const links = { getDeliveryMethod: { id: 'id' }, updateDeliveryMethod: { id: 'id' } };

const listQuery = Joi.object<{ status: MethodStatus | 'all'; country?: string; currency?: string }>({
  status: Joi.string()
    .valid(...methodStatuses, 'all')
    .default('active')
    .description('Only staff may ask for others than the active ones'),
  country: country().description('Methods that go to this country of ISO 3166-1'),
  currency: currency().description('Methods that are priced in this currency'),
});

/** The delivery methods: anyone reads the active ones, staff read and change all. */
export function methodRoutes({ db, transact, currency }: { db: Knex; transact: Transact; currency: string }): Endpoint[] {
  const list = endpoint({
    operationId: 'listDeliveryMethods',
    method: 'get',
    path: '/v1/delivery-methods',
    summary: 'List the delivery methods, the cheapest first',
    access: 'anyone',
    cacheControl: 'no-cache',
    query: listQuery,
    errors: [requestErrors.FORBIDDEN],
    example: { query: { country: 'AT' } },
    answers: { 200: { description: 'The delivery methods, 100 at most', data: Joi.array().items(methodSchema) } },
    async handle({ query: { status, ...filter }, user }) {
      if (status !== 'active' && !isStaff(user)) throw new AppError(requestErrors.FORBIDDEN);
      return reply(200, await listMethods(db, { ...filter, ...(status === 'all' ? {} : { status }) }));
    },
  });

  const get = endpoint({
    operationId: 'getDeliveryMethod',
    method: 'get',
    path: '/v1/delivery-methods/:id',
    summary: 'Read a delivery method',
    access: 'staff',
    params: idParams,
    example: { params: { id: exampleValues.deliveryMethodId } },
    answers: { 200: { description: 'The delivery method', data: methodSchema, headers: ['ETag'], links } },
    handle: async ({ params }) => replyWith(200, await readMethod(db, params.id)),
  });

  const create = endpoint({
    operationId: 'createDeliveryMethod',
    method: 'post',
    path: '/v1/delivery-methods',
    summary: 'Create a delivery method',
    access: 'staff',
    body: newMethodSchema,
    errors: [deliveryErrors.TOO_MANY_DELIVERY_METHODS],
    example: {
      body: { name: 'Parcel', priceMinor: 490, freeFromMinor: 5_000, countries: ['AT', 'DE'], minDays: 2, maxDays: 4 },
    },
    answers: { 201: { description: 'The new delivery method', data: methodSchema, headers: ['ETag', 'Location'], links } },
    async handle({ body: fields, user }) {
      const method = await transact((trx) => createMethod(trx, { fields, currency, by: user.id }));
      return replyWith(201, method, { Location: `/v1/delivery-methods/${method.id}` });
    },
  });

  const edit = endpoint({
    operationId: 'updateDeliveryMethod',
    method: 'patch',
    path: '/v1/delivery-methods/:id',
    summary: 'Change a delivery method',
    description: 'Purchases keep the method as it was when they were requested',
    access: 'staff',
    params: idParams,
    headers: ifMatchHeader,
    body: methodChangesSchema,
    example: { params: { id: exampleValues.deliveryMethodId }, body: { priceMinor: 590 } },
    answers: { 200: { description: 'The changed delivery method', data: methodSchema, headers: ['ETag'], links } },
    async handle({ params, body, user, request }) {
      const edited = { id: params.id, ifMatch: ifMatchOf(request), changes: body, by: user.id };
      return replyWith(200, await transact((trx) => editMethod(trx, edited)));
    },
  });

  const remove = endpoint({
    operationId: 'deleteDeliveryMethod',
    method: 'delete',
    path: '/v1/delivery-methods/:id',
    summary: 'Delete a delivery method',
    description: 'Purchases keep their copy of it',
    access: 'staff',
    params: idParams,
    headers: ifMatchHeader,
    example: { params: { id: exampleValues.deliveryMethodId } },
    answers: { 204: { description: 'The delivery method is deleted' } },
    async handle({ params, user, request }) {
      const deleted = { id: params.id, ifMatch: ifMatchOf(request), by: user.id };
      await transact((trx) => deleteMethod(trx, deleted));
      return { status: 204 };
    },
  });

  return [list, get, create, edit, remove];
}

function replyWith(status: number, method: DeliveryMethod, headers: Record<string, string> = {}) {
  return reply(status, method, { ...headers, ETag: etagOf(method) });
}
