import { type Endpoint, endpoint, type Reply } from '@florin/http';
import { type Page, type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { id, timeRange } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { currencyField, readWallet, walletErrors, withOwnWallet } from '../wallets/index.ts';
import { type Hold, holdSchema } from './hold.ts';
import { type HoldFilter, listHolds } from './list-holds.ts';

const holdFilter = {
  status: Joi.string().valid('held', 'captured', 'released', 'expired').description('Only holds of this status'),
  ...timeRange('Placed'),
};

const holdsAnswer = {
  200: {
    description: 'A page of holds. With several filters it may be shorter than its limit although page.nextCursor is set',
    data: holdSchema,
    isList: true,
  },
};

/** @param platform `currency`: used if a request names none */
export function holdListEndpoints(db: Knex, platform: { currency: string }): Endpoint[] {
  return [
    endpoint({
      operationId: 'listHolds',
      method: 'get',
      path: '/v1/holds',
      summary: 'List holds, newest first',
      access: 'staff',
      query: Joi.object<PageRequest & HoldFilter>({
        ...pageQuery,
        ...holdFilter,
        userId: id().description("Only this user's holds"),
      }),
      example: { query: { status: 'held' } },
      answers: holdsAnswer,
      async handle({ query: { limit, cursor, ...filter } }) {
        return listReply(await listHolds(db, filter, { limit, cursor }));
      },
    }),
    endpoint({
      operationId: 'listMyHolds',
      method: 'get',
      path: '/v1/wallet/holds',
      summary: "List your wallet's holds, newest first",
      access: 'user',
      query: Joi.object<PageRequest & HoldFilter & { currency?: string }>({
        ...pageQuery,
        ...holdFilter,
        currency: currencyField,
      }),
      errors: [walletErrors.WALLET_NOT_FOUND],
      answers: holdsAnswer,
      async handle({ query: { limit, cursor, currency = platform.currency, ...filter }, user }) {
        const wallet = await withOwnWallet(db, user, () => readWallet(db, { userId: user.id, currency }));
        return listReply(await listHolds(db, { ...filter, walletId: wallet.id }, { limit, cursor }));
      },
    }),
  ];
}

function listReply(page: Page<Hold>): Reply {
  return { status: 200, body: pageEnvelope(page, (hold) => hold) };
}
