import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, reply } from '@florin/http';
import { amountMinor, line } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { currencyQuery, userParams } from '../wallets/index.ts';
import { adjustWallet } from './adjust-wallet.ts';
import { adjustmentSchema } from './adjustment.ts';
import { adjustmentsByKey } from './adjustments-by-key.ts';

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

/** `currency`: used if a request names none; `adjustmentMaxMinor`: largest amount of one adjustment, either sign. */
type Platform = { currency: string; adjustmentMaxMinor: number };

export function adjustmentRoutes({ db, transact }: Dependencies, { currency, adjustmentMaxMinor }: Platform): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/v1/wallets/:userId/adjustments',
      summary: "Adjust a wallet's balance",
      description: 'Keys are per user: the same key from two admins makes two adjustments',
      access: 'admin',
      needsFreshRevocations: true,
      params: userParams,
      query: currencyQuery,
      body: newAdjustment(adjustmentMaxMinor),
      idempotent: adjustmentsByKey(db),
      answers: {
        201: { description: 'Adjusted', data: adjustmentSchema },
        200: { description: 'Adjusted before under this key (Idempotent-Replayed: true)', data: adjustmentSchema },
      },
      async handle({ params, query, body, user, keyed }) {
        const wanted = { currency, ...query, ...params, ...body, ...keyed, actorId: user.id };
        return reply(201, await transact((trx) => adjustWallet(trx, wanted)));
      },
    }),
  ];
}
