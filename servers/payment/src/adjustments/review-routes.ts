import { requestErrors } from '@florin/app-response';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import Joi from 'joi';
import type { Knex } from 'knex';
import { idParams, walletErrors } from '../wallets/index.ts';
import { adjustmentSchema, type ReviewStatus, reviewStatuses } from './adjustment.ts';
import { decideReview } from './decide-review.ts';
import { adjustmentErrors } from './errors.ts';
import { listReviews } from './list-reviews.ts';
import { reviewOf } from './review.ts';

const listQuery = Joi.object<PageRequest & { status?: ReviewStatus }>({
  ...pageQuery,
  status: Joi.string()
    .valid(...reviewStatuses)
    .description('Only adjustments of this status'),
});

/** The endpoints of the admin who checks another admin's adjustment. */
export function reviewRoutes({ db, transact }: { db: Knex; transact: Transact }): Endpoint[] {
  const decision = (verb: 'approve' | 'reject', verdict: 'approved' | 'rejected', summary: string): Endpoint =>
    endpoint({
      operationId: `${verb}Adjustment`,
      method: 'post',
      path: `/v1/adjustments/:id/${verb}`,
      summary,
      description: 'Not for the admin who requested the adjustment, and not for the owner of the wallet',
      access: 'admin',
      needsFreshRevocations: verb === 'approve',
      params: idParams,
      errors: [
        requestErrors.OWN_ACCOUNT,
        adjustmentErrors.REQUESTED_BY_YOU,
        requestErrors.INVALID_TRANSITION,
        walletErrors.WALLET_NOT_FOUND,
        ...(verb === 'approve' ? [walletErrors.WALLET_INSUFFICIENT_FUNDS, walletErrors.WALLET_FULL] : []),
      ],
      example: { params: { id: exampleValues.adjustmentId } },
      answers: {
        200: { description: `The adjustment is ${verdict}, by this request or an earlier one`, data: adjustmentSchema },
      },
      handle: async ({ params, user }) =>
        reply(200, await transact((trx) => decideReview(trx, { adjustmentId: params.id, actorId: user.id, verdict }))),
    });
  return [
    endpoint({
      operationId: 'listAdjustments',
      method: 'get',
      path: '/v1/adjustments',
      summary: 'List the adjustments that need or needed a review, newest first',
      access: 'admin',
      query: listQuery,
      example: { query: { status: 'pending' } },
      answers: { 200: { description: 'A page of adjustments', data: adjustmentSchema, isList: true } },
      async handle({ query: { status, ...page } }) {
        return { status: 200, body: pageEnvelope(await listReviews(db, { ...(status && { status }) }, page), reviewOf) };
      },
    }),
    decision('approve', 'approved', 'Approve a pending adjustment: its money moves'),
    decision('reject', 'rejected', 'Reject a pending adjustment'),
  ];
}
