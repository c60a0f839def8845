import { requestErrors } from '@florin/app-response';
import { requireOther } from '@florin/auth-middleware';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { amountMinor, named } from '@florin/values';
import Joi from 'joi';
import { walletErrors } from './errors.ts';
import { presentWallet, walletSchema } from './present-wallet.ts';
import { type Limits, setLimits } from './set-limits.ts';
import { setStatus } from './set-status.ts';
import type { Wallet } from './wallet.ts';
import { currencyQuery, userParams } from './wallet-params.ts';

const limitMinor = amountMinor().min(0);

const limitsBody = named(
  'WalletLimits',
  Joi.object<Limits>({
    creditLimitMinor: limitMinor.description('Largest amount by which the balance may be below zero'),
    spendLimitMinor: limitMinor.description('Maximum price of one purchase'),
    dailyLimitMinor: limitMinor.allow(null).description("Maximum sum of a day's purchases (UTC); null: no limit"),
  }),
);

/** @param platform `currency`: used if a request names none */
export function walletAdminRoutes(transact: Transact, platform: { currency: string }): Endpoint[] {
  const statusEndpoint = (verb: 'freeze' | 'unfreeze', status: Wallet['status'], summary: string): Endpoint =>
    endpoint({
      operationId: `${verb}Wallet`,
      method: 'post',
      path: `/v1/wallets/:userId/${verb}`,
      summary,
      access: 'admin',
      needsFreshRevocations: verb === 'unfreeze',
      params: userParams,
      query: currencyQuery,
      errors: [
        walletErrors.WALLET_NOT_FOUND,
        ...(status === 'active' ? [requestErrors.OWN_ACCOUNT, walletErrors.USER_ERASED] : []),
      ],
      example: { params: { userId: exampleValues.userId } },
      answers: { 200: { description: 'The changed wallet', data: walletSchema } },
      async handle({ params, query, user }) {
        if (status === 'active') requireOther(user.id, params.userId);
        const request = { ...platform, ...query, ...params, actorId: user.id, status };
        return reply(200, await transact(async (trx) => presentWallet(trx, await setStatus(trx, request))));
      },
    });

  return [
    endpoint({
      operationId: 'setWalletLimits',
      method: 'put',
      path: '/v1/wallets/:userId/limits',
      summary: "Set a wallet's limits; missing limits keep their values",
      description: 'Not for your own wallet',
      access: 'admin',
      needsFreshRevocations: true,
      params: userParams,
      query: currencyQuery,
      body: limitsBody,
      errors: [
        requestErrors.OWN_ACCOUNT,
        walletErrors.WALLET_NOT_FOUND,
        walletErrors.USER_ERASED,
        walletErrors.WALLET_INSUFFICIENT_FUNDS,
        walletErrors.WALLET_FULL,
      ],
      example: {
        params: { userId: exampleValues.userId },
        body: { creditLimitMinor: 10_000, spendLimitMinor: 50_000, dailyLimitMinor: null },
      },
      answers: { 200: { description: 'The changed wallet', data: walletSchema } },
      async handle({ params, query, body, user }) {
        requireOther(user.id, params.userId);
        const request = { ...platform, ...query, ...params, actorId: user.id, limits: body };
        return reply(200, await transact(async (trx) => presentWallet(trx, await setLimits(trx, request))));
      },
    }),
    statusEndpoint('freeze', 'frozen', 'Freeze a wallet: it declines purchases and holds, and accepts refunds and captures'),
    statusEndpoint('unfreeze', 'active', 'Unfreeze a wallet that is not your own'),
  ];
}
