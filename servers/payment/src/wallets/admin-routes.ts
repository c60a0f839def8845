import { type Endpoint, endpoint, reply } from '@florin/http';
import type { Transact } from '@florin/runtime';
import { amountMinor } from '@florin/values';
import Joi from 'joi';
import { presentWallet, walletSchema } from './present-wallet.ts';
import { type Limits, setLimits } from './set-limits.ts';
import { setStatus } from './set-status.ts';
import type { Wallet } from './wallet.ts';
import { currencyQuery, userParams } from './wallet-params.ts';

const limitMinor = amountMinor().min(0);

const limitsBody = Joi.object<Limits>({
  creditLimitMinor: limitMinor.description('How far below zero the balance may go'),
  spendLimitMinor: limitMinor.description('The most that one purchase may cost'),
  dailyLimitMinor: limitMinor.allow(null).description("The most that a day's purchases (UTC) may cost together; null: no limit"),
});

/** What admins do to wallets. @param platform `currency`: of the wallet that is meant where a request names none */
export function walletAdminRoutes(transact: Transact, platform: { currency: string }): Endpoint[] {
  const statusEndpoint = (verb: 'freeze' | 'unfreeze', status: Wallet['status'], summary: string): Endpoint =>
    endpoint({
      method: 'post',
      path: `/v1/wallets/:userId/${verb}`,
      summary,
      access: 'admin',
      params: userParams,
      query: currencyQuery,
      answers: { 200: { description: 'The wallet as it is now', data: walletSchema } },
      async handle({ params, query, user }) {
        const request = { ...platform, ...query, ...params, actorId: user.id, status };
        return reply(200, await transact(async (trx) => presentWallet(trx, await setStatus(trx, request))));
      },
    });

  return [
    endpoint({
      method: 'put',
      path: '/v1/wallets/:userId/limits',
      summary: "Set a wallet's limits; those left out stay as they are",
      access: 'admin',
      params: userParams,
      query: currencyQuery,
      body: limitsBody,
      answers: { 200: { description: 'The wallet as it is now', data: walletSchema } },
      async handle({ params, query, body, user }) {
        const request = { ...platform, ...query, ...params, actorId: user.id, limits: body };
        return reply(200, await transact(async (trx) => presentWallet(trx, await setLimits(trx, request))));
      },
    }),
    statusEndpoint('freeze', 'frozen', 'Freeze a wallet: it declines purchases and holds, and takes refunds and captures'),
    statusEndpoint('unfreeze', 'active', 'Let a frozen wallet pay again'),
  ];
}
