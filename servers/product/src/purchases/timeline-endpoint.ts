import { type Endpoint, endpoint, exampleValues } from '@florin/http';
import { MAX_PAGE_LIMIT, type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { id } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { ownerOnly } from './owner-only.ts';
import { readPurchase } from './read-purchase.ts';
import { listTimeline, presentStep, timelineStepSchema } from './timeline.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });
const listQuery = Joi.object<PageRequest>({
  ...pageQuery,
  limit: pageQuery.limit
    .default(MAX_PAGE_LIMIT)
    .description('Maximum number of steps in a page. The default is the maximum: most purchases have fewer than 20'),
});

export function timelineEndpoint(db: Knex): Endpoint {
  return endpoint({
    operationId: 'listPurchaseTimeline',
    method: 'get',
    path: '/v1/purchases/:id/timeline',
    summary: 'List the events of a purchase from all services, oldest first',
    access: 'user',
    params: idParams,
    query: listQuery,
    example: { params: { id: exampleValues.purchaseId } },
    answers: { 200: { description: 'A page of steps', data: timelineStepSchema, isList: true } },
    async handle({ params, query, user }) {
      await readPurchase(db, params.id, ownerOnly(user));
      return { status: 200, body: pageEnvelope(await listTimeline(db, params.id, query), presentStep) };
    },
  });
}
