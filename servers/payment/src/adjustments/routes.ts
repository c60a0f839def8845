import { type Endpoint, endpoint, idempotencyKeyHeader, idempotencyKeyOf, reply, type Transact } from '@florin/runtime';
import { amountMinor, id, line, storedCurrency, time } from '@florin/values';
import Joi from 'joi';
import { currencyQuery, userParams } from '../wallets/wallet-params.ts';
import { type Adjustment, adjustWallet, isAdjustmentKeyTaken } from './adjust-wallet.ts';

const adjustmentSchema = Joi.object<Adjustment, true>({
  id: id().required(),
  userId: id().required(),
  amountMinor: amountMinor().required().description('Signed: negative is what was taken'),
  currency: storedCurrency().required(),
  reason: Joi.string().required(),
  transferId: id().required(),
  balanceAfterMinor: amountMinor().required(),
  createdAt: time().required(),
});

const newAdjustment = Joi.object<{ amountMinor: number; reason: string }, true>({
  amountMinor: amountMinor().invalid(0).required().description('Signed: positive gives, negative takes'),
  reason: line(500).required(),
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
