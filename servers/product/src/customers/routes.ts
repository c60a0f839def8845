import { AppError, requestErrors } from '@florin/app-response';
import { runTransaction } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { appendAuditEntry } from '@florin/runtime';
import { id, line, named, storedEmail } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { type Customer, findCustomer, findCustomers } from './find-customers.ts';
import { MIN_TYPED_LENGTH } from './search-keys.ts';

const customerSchema = named(
  'Customer',
  Joi.object<Customer>({
    userId: id().required(),
    email: storedEmail().required(),
    name: Joi.string().allow(null).required().description('null: the user gave none'),
  }),
);

const searchQuery = Joi.object<PageRequest & { q: string }>({
  ...pageQuery,
  q: line(254)
    .min(MIN_TYPED_LENGTH)
    .required()
    .description(
      'The number of a purchase, or the beginning of a name, of a word of a name, or of an e-mail address. The address may begin at any character before the @, or at a part of the domain (without the @). Case and accents do not matter',
    ),
});

const idParams = Joi.object<{ userId: string }, true>({ userId: id().required() });

/** Each read is audited, with the ids of the users who were read. What staff typed is not: it is the customers' data. */
export function customerRoutes(db: Knex): Endpoint[] {
  return [
    endpoint({
      operationId: 'listCustomers',
      method: 'get',
      path: '/v1/customers',
      summary: 'Find customers by name, e-mail address or the number of a purchase',
      description: 'The search is audited',
      access: 'staff',
      query: searchQuery,
      example: { query: { q: 'lovelace@ex', limit: 20 } },
      answers: {
        200: {
          description: 'A page of customers. It may have fewer than limit although page.nextCursor is set',
          data: customerSchema,
          isList: true,
        },
      },
      async handle({ query: { q, ...request }, user }) {
        const page = await runTransaction(db, async (trx) => {
          const found = await findCustomers(trx, q, request);
          const userIds = found.rows.map(({ userId }) => userId);
          await appendAuditEntry(trx, { actorId: user.id, action: 'customer.search', subject: 'customers', after: { userIds } });
          return found;
        });
        return { status: 200, body: pageEnvelope(page, (customer) => customer) };
      },
    }),
    endpoint({
      operationId: 'getCustomer',
      method: 'get',
      path: '/v1/customers/:userId',
      summary: 'Read the contact of a customer',
      description: 'The read is audited',
      access: 'staff',
      params: idParams,
      example: { params: { userId: exampleValues.userId } },
      answers: { 200: { description: 'The customer', data: customerSchema } },
      async handle({ params: { userId }, user }) {
        const customer = await runTransaction(db, async (trx) => {
          const found = await findCustomer(trx, userId);
          if (found !== undefined) await appendAuditEntry(trx, { actorId: user.id, action: 'customer.read', subject: userId });
          return found;
        });
        if (customer === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no customer ${userId}.` });
        return reply(200, customer);
      },
    }),
  ];
}
