import { type Endpoint, endpoint, reply } from '@florin/http';
import type { Transact } from '@florin/runtime';
import { amountMinor, line } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { currencyQuery, userParams } from '../wallets/wallet-params.ts';
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
      .description('Signed: positive gives, negative takes'),
    reason: line(500).required(),
  });

type Dependencies = { db: Knex; transact: Transact };

/** `currency`: of the wallet that is meant where a request names none; `adjustmentMaxMinor`: the most that one gives or takes. */
type Platform = { currency: string; adjustmentMaxMinor: number };

export function adjustmentRoutes({ db, transact }: Dependencies, { currency, adjustmentMaxMinor }: Platform): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/v1/wallets/:userId/adjustments',
      summary: "Correct a wallet's balance, giving the reason",
      description: 'Keys belong to the user who sends them: the same key sent by two admins adjusts twice',
      access: 'admin',
      params: userParams,
      query: currencyQuery,
      body: newAdjustment(adjustmentMaxMinor),
      idempotent: adjustmentsByKey(db),
      answers: {
        201: { description: 'Done', data: adjustmentSchema },
        200: { description: 'Done before under this key (Idempotent-Replayed: true)', data: adjustmentSchema },
      },
      async handle({ params, query, body, user, keyed }) {
        const wanted = { currency, ...query, ...params, ...body, ...keyed, actorId: user.id };
        return reply(201, await transact((trx) => adjustWallet(trx, wanted)));
      },
    }),
  ];
}
