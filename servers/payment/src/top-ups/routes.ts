import { AppError } from '@florin/app-response';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { timeRange } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import {
  currencyField,
  currencyQuery,
  idParams,
  positiveMinor,
  readWallet,
  walletErrors,
  withOwnWallet,
} from '../wallets/index.ts';
import { topUpErrors } from './errors.ts';
import { listTopUps, type TopUpFilter } from './list-top-ups.ts';
import { readTopUp } from './read-top-up.ts';
import type { TopUps } from './run-top-ups.ts';
import { topUpSchema } from './top-up.ts';
import { begunTopUp, topUpsByKey } from './top-ups-by-key.ts';

const newTopUp = (maxMinor: number) =>
  Joi.object<{ amountMinor: number }, true>({
    amountMinor: positiveMinor
      .max(maxMinor)
      .required()
      .description(
        'With the sandbox provider the last two digits choose the outcome: 01 fails; 02 stays pending, then settles; ' +
          '03 is reported twice; 04 settles, then an older report arrives; 05 gets no answer at first; others settle at once',
      ),
  });

const topUpsQuery = Joi.object<PageRequest & TopUpFilter & { currency?: string }>({
  ...pageQuery,
  currency: currencyField,
  status: Joi.string().valid('pending', 'settled', 'failed').description('Only top-ups of this status'),
  ...timeRange('Begun'),
});

const links = { getTopUp: { id: 'id' } };

type Dependencies = {
  db: Knex;
  /** undefined if there is no provider. */
  topUps?: TopUps | undefined;
  /** Whether an operator has stopped new top-ups. A retry of one that has begun is still answered. */
  areStopped(): boolean;
};

/** `currency`: used if a request names none; `topUpMaxMinor`: largest amount of one top-up. */
type Platform = { currency: string; topUpMaxMinor: number };

export function topUpRoutes({ db, topUps, areStopped }: Dependencies, { currency, topUpMaxMinor }: Platform): Endpoint[] {
  return [
    endpoint({
      operationId: 'createTopUp',
      method: 'post',
      path: '/v1/wallet/top-ups',
      summary: 'Top up your wallet',
      access: 'user',
      query: currencyQuery,
      body: newTopUp(topUpMaxMinor),
      idempotent: topUpsByKey(db),
      errors: [
        topUpErrors.TOP_UPS_UNAVAILABLE,
        walletErrors.WALLET_NOT_FOUND,
        walletErrors.WALLET_FROZEN,
        walletErrors.WALLET_INSUFFICIENT_FUNDS,
        walletErrors.WALLET_FULL,
      ],
      example: { body: { amountMinor: 2_500 } },
      answers: {
        201: {
          description: 'Settled, failed or pending. Read a pending top-up again later',
          data: topUpSchema,
          headers: ['Location'],
          links,
        },
        200: {
          description: 'Begun before under this key (Idempotent-Replayed: true)',
          data: topUpSchema,
          headers: ['Location'],
          links,
        },
      },
      async handle({ query, body, user, keyed }) {
        if (topUps === undefined) throw new AppError(topUpErrors.TOP_UPS_UNAVAILABLE);
        if (areStopped()) throw paused();
        const of = { currency, ...query, userId: user.id };
        await withOwnWallet(db, user, () => readWallet(db, of));
        return begunTopUp(await topUps.topUp({ ...of, ...body, ...keyed }));
      },
    }),
    endpoint({
      operationId: 'listTopUps',
      method: 'get',
      path: '/v1/wallet/top-ups',
      summary: "List your wallet's top-ups, newest first",
      access: 'user',
      query: topUpsQuery,
      errors: [walletErrors.WALLET_NOT_FOUND],
      answers: {
        200: {
          description: 'A page of top-ups. With a status it may be shorter than its limit although page.nextCursor is set',
          data: topUpSchema,
          isList: true,
        },
      },
      async handle({ query: { limit, cursor, currency: wanted = currency, ...filter }, user }) {
        const wallet = await withOwnWallet(db, user, () => readWallet(db, { userId: user.id, currency: wanted }));
        const page = await listTopUps(db, wallet.id, filter, { limit, cursor });
        return { status: 200, body: pageEnvelope(page, (topUp) => topUp) };
      },
    }),
    endpoint({
      operationId: 'getTopUp',
      method: 'get',
      path: '/v1/wallet/top-ups/:id',
      summary: 'Read one of your top-ups',
      access: 'user',
      params: idParams,
      example: { params: { id: exampleValues.topUpId } },
      answers: { 200: { description: 'The top-up', data: topUpSchema } },
      async handle({ params, user }) {
        return reply(200, await readTopUp(db, params.id, { ownerId: user.id }));
      },
    }),
  ];
}

function paused(): AppError {
  return new AppError(topUpErrors.TOP_UPS_UNAVAILABLE, {
    detail: 'An operator has paused top-ups. Nothing was charged; try again later.',
    headers: { 'Retry-After': '30' },
  });
}
