import { type Endpoint, endpoint, idempotencyKeyHeader, idempotencyKeyOf, reply, type Transact } from '@florin/runtime';
import Joi from 'joi';
import { currencyQuery, userParams } from '../wallets/wallet-params.ts';
import { type Adjustment, adjustWallet, isAdjustmentKeyTaken } from './adjust-wallet.ts';

const adjustmentSchema = Joi.object<Adjustment, true>({
  id: Joi.string().guid().required(),
  userId: Joi.string().guid().required(),
  amountMinor: Joi.number().integer().required().description('Signed: negative is what was taken'),
  currency: Joi.string().required(),
  reason: Joi.string().required(),
  transferId: Joi.string().guid().required(),
  balanceAfterMinor: Joi.number().integer().required(),
  createdAt: Joi.date().iso().required(),
});

const newAdjustment = Joi.object<{ amountMinor: number; reason: string }, true>({
  amountMinor: Joi.number().integer().invalid(0).required().description('Signed: positive gives, negative takes'),
  reason: Joi.string().trim().min(1).max(500).required(),
});

/** @param platform `currency`: of the wallet that is meant where a request names none */
export function adjustmentRoutes(transact: Transact, platform: { currency: string }): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/v1/wallets/:userId/adjustments',
      summary: "Correct a wallet's balance, giving the reason",
      access: 'admin',
      params: userParams,
      query: currencyQuery,
      body: newAdjustment,
      headers: idempotencyKeyHeader,
      answers: {
        201: { description: 'Done', data: adjustmentSchema },
        200: { description: 'Done before under this key (Idempotent-Replayed: true)', data: adjustmentSchema },
      },
      async handle({ params, query, body, user, request }) {
        const wanted = { ...platform, ...query, ...params, ...body, actorId: user.id, idempotencyKey: idempotencyKeyOf(request) };
        const { adjustment, isReplay } = await transact((trx) => adjustWallet(trx, wanted), isAdjustmentKeyTaken);
        return isReplay ? reply(200, adjustment, { 'Idempotent-Replayed': 'true' }) : reply(201, adjustment);
      },
    }),
  ];
}
