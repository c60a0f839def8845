import { requestErrors } from '@florin/app-response';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { amountMinor, id, line, named } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { createRefund } from './create-refund.ts';
import { refundErrors } from './errors.ts';
import { listRefunds, type RefundFilter, readRefund } from './read-refunds.ts';
import { refundSchema, refundStatuses } from './refund.ts';
import { refundsByKey } from './refunds-by-key.ts';
import { reviewRefund } from './review-refund.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });

const newRefund = named(
  'NewRefund',
  Joi.object<{ amountMinor: number; reason: string }, true>({
    amountMinor: amountMinor().min(1).required(),
    reason: line(500).required(),
  }),
);

const listQuery = Joi.object<PageRequest & RefundFilter>({
  ...pageQuery,
  status: Joi.string()
    .valid(...refundStatuses)
    .description('Only refunds of this status'),
  purchaseId: id().description('Only refunds of this purchase'),
});

type Dependencies = { db: Knex; transact: Transact; reviewAboveMinor: number };

/** The endpoints of partial refunds. */
export function refundRoutes({ db, transact, reviewAboveMinor }: Dependencies): Endpoint[] {
  const decision = (verb: 'approve' | 'reject', verdict: 'approved' | 'rejected', summary: string): Endpoint =>
    endpoint({
      operationId: `${verb}Refund`,
      method: 'post',
      path: `/v1/refunds/:id/${verb}`,
      summary,
      description: 'Not for the member of staff who requested the refund, and not for the buyer',
      access: 'staff',
      params: idParams,
      errors: [requestErrors.OWN_ACCOUNT, refundErrors.REFUND_REQUESTED_BY_YOU, requestErrors.INVALID_TRANSITION],
      example: { params: { id: exampleValues.refundId } },
      answers: { 200: { description: `The refund is ${verdict}, by this request or an earlier one`, data: refundSchema } },
      async handle({ params, user }) {
        await transact((trx) => reviewRefund(trx, { refundId: params.id, by: user.id, verdict }));
        return reply(200, await readRefund(db, params.id));
      },
    });
  return [
    endpoint({
      operationId: 'createRefund',
      method: 'post',
      path: '/v1/purchases/:id/refunds',
      summary: 'Refund a part of a purchase',
      description:
        'Not for your own purchase. Keys are per user. Above REFUND_REVIEW_ABOVE_MINOR the refund is in review until another member of staff approves it',
      access: 'staff',
      params: idParams,
      body: newRefund,
      idempotent: refundsByKey(db),
      errors: [
        requestErrors.OWN_ACCOUNT,
        requestErrors.INVALID_TRANSITION,
        refundErrors.REFUND_EXCEEDS_CHARGE,
        refundErrors.TOO_MANY_REFUNDS,
      ],
      example: {
        params: { id: exampleValues.purchaseId },
        body: { amountMinor: 500, reason: 'One cup was chipped' },
      },
      answers: {
        201: {
          description: 'Requested: payment answers soon, or a review comes first',
          data: refundSchema,
          links: { approveRefund: { id: 'id' }, rejectRefund: { id: 'id' } },
        },
        200: { description: 'Requested before under this key (Idempotent-Replayed: true)', data: refundSchema },
      },
      async handle({ params, body, user, keyed }) {
        const wanted = { ...body, ...keyed, purchaseId: params.id, by: user.id, reviewAboveMinor };
        return reply(201, await readRefund(db, await transact((trx) => createRefund(trx, wanted))));
      },
    }),
    endpoint({
      operationId: 'listRefunds',
      method: 'get',
      path: '/v1/refunds',
      summary: 'List partial refunds, newest first',
      description: 'With `status=pending`: the refunds that payment has not answered yet. With `status=review`: those to decide',
      access: 'staff',
      query: listQuery,
      example: { query: { status: 'pending' } },
      answers: { 200: { description: 'A page of refunds', data: refundSchema, isList: true } },
      async handle({ query: { limit, cursor, ...filter } }) {
        return { status: 200, body: pageEnvelope(await listRefunds(db, filter, { limit, cursor }), (refund) => refund) };
      },
    }),
    decision('approve', 'approved', 'Approve a refund in review: payment is asked for it'),
    decision('reject', 'rejected', 'Reject a refund in review'),
  ];
}
