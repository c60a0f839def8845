import { requestErrors } from '@florin/app-response';
import { requireOther } from '@florin/auth-middleware';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { amountMinor, line } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { currencyQuery, userParams, walletErrors } from '../wallets/index.ts';
import { adjustWallet } from './adjust-wallet.ts';
import { adjustmentSchema } from './adjustment.ts';
import { adjustmentsByKey } from './adjustments-by-key.ts';
import { requestReview } from './request-review.ts';

const newAdjustment = (maxMinor: number) =>
  Joi.object<{ amountMinor: number; reason: string }, true>({
    amountMinor: amountMinor()
      .min(-maxMinor)
      .max(maxMinor)
      .invalid(0)
      .required()
      .description('Signed: positive credits the wallet, negative debits it'),
    reason: line(500).required(),
  });

type Dependencies = { db: Knex; transact: Transact };

/**
 * `currency`: used if a request names none; `adjustmentMaxMinor`: largest amount of one adjustment, either sign;
 * `adjustmentReviewAboveMinor`: largest amount that needs no second admin, either sign (undefined: no amount does).
 */
type Platform = { currency: string; adjustmentMaxMinor: number; adjustmentReviewAboveMinor: number | undefined };

export function adjustmentRoutes({ db, transact }: Dependencies, platform: Platform): Endpoint[] {
  const { currency, adjustmentMaxMinor, adjustmentReviewAboveMinor: reviewAboveMinor = Number.MAX_SAFE_INTEGER } = platform;
  return [
    endpoint({
      operationId: 'createAdjustment',
      method: 'post',
      path: '/v1/wallets/:userId/adjustments',
      summary: "Adjust a wallet's balance",
      description:
        'Not for your own wallet. Keys are per user: the same key from two admins makes two adjustments. Above ADJUSTMENT_REVIEW_ABOVE_MINOR another admin must approve it',
      access: 'admin',
      needsFreshRevocations: true,
      params: userParams,
      query: currencyQuery,
      body: newAdjustment(adjustmentMaxMinor),
      idempotent: adjustmentsByKey(db),
      errors: [
        requestErrors.OWN_ACCOUNT,
        walletErrors.WALLET_NOT_FOUND,
        walletErrors.WALLET_INSUFFICIENT_FUNDS,
        walletErrors.WALLET_FULL,
      ],
      example: { params: { userId: exampleValues.userId }, body: { amountMinor: 5_000, reason: 'Goodwill for a late parcel' } },
      answers: {
        201: { description: 'Adjusted', data: adjustmentSchema },
        202: {
          description: 'Pending: another admin approves or rejects it',
          data: adjustmentSchema,
          links: { approveAdjustment: { id: 'id' }, rejectAdjustment: { id: 'id' } },
        },
        200: { description: 'Requested before under this key (Idempotent-Replayed: true)', data: adjustmentSchema },
      },
      async handle({ params, query, body, user, keyed }) {
        requireOther(user.id, params.userId);
        const wanted = { currency, ...query, ...params, ...body, ...keyed, actorId: user.id };
        const isPending = Math.abs(body.amountMinor) > reviewAboveMinor;
        if (isPending) return reply(202, await transact((trx) => requestReview(trx, wanted)));
        return reply(201, await transact((trx) => adjustWallet(trx, wanted)));
      },
    }),
  ];
}
