import { requestErrors } from '@florin/app-response';
import { isStaff } from '@florin/auth-middleware';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { named, wholeNumber } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { currencyQuery, idParams, positiveMinor, userParams, walletErrors } from '../wallets/index.ts';
import { endHold } from './end-hold.ts';
import { holdErrors } from './errors.ts';
import { holdSchema } from './hold.ts';
import { holdsByKey, placedHold } from './holds-by-key.ts';
import { holdListEndpoints } from './list-endpoints.ts';
import { readHold } from './lock-hold.ts';
import { placeHold } from './place-hold.ts';

const MAX_TTL_S = 30 * 24 * 3600;

const newHold = named(
  'NewHold',
  Joi.object<{ amountMinor: number; ttlSeconds?: number }, true>({
    amountMinor: positiveMinor.required(),
    ttlSeconds: wholeNumber().min(1).max(MAX_TTL_S).description('Seconds until the hold expires; by default HOLD_TTL_S'),
  }),
);

const captureBody = named(
  'HoldCapture',
  Joi.object<{ amountMinor?: number }, true>({
    amountMinor: positiveMinor.description('Amount to capture; by default all of the hold. The rest is released'),
  }),
);

const links = { getHold: { id: 'id' }, captureHold: { id: 'id' }, releaseHold: { id: 'id' } };

type Dependencies = { db: Knex; transact: Transact };

/** @param platform defaults for requests without a currency or a time to live */
export function holdRoutes({ db, transact }: Dependencies, platform: { currency: string; holdTtlS: number }): Endpoint[] {
  return [
    endpoint({
      operationId: 'placeHold',
      method: 'post',
      path: '/v1/wallets/:userId/holds',
      summary: 'Place a hold on a wallet, to capture or release it later',
      description:
        'Not on your own wallet. Keys are per user: the same key from a member of staff and from an admin places two holds',
      access: 'staff',
      params: userParams,
      query: currencyQuery,
      body: newHold,
      idempotent: holdsByKey(db),
      errors: [
        requestErrors.OWN_ACCOUNT,
        walletErrors.WALLET_NOT_FOUND,
        walletErrors.WALLET_FROZEN,
        walletErrors.WALLET_INSUFFICIENT_FUNDS,
        walletErrors.WALLET_FULL,
      ],
      example: { params: { userId: exampleValues.userId }, body: { amountMinor: 1_500, ttlSeconds: 3_600 } },
      answers: {
        201: { description: 'Placed', data: holdSchema, headers: ['Location'], links },
        200: {
          description: 'Placed before under this key (Idempotent-Replayed: true)',
          data: holdSchema,
          headers: ['Location'],
          links,
        },
      },
      async handle({ params, query, body, user, keyed }) {
        const { currency = platform.currency } = query;
        const { amountMinor, ttlSeconds: ttlS = platform.holdTtlS } = body;
        const wanted = { ...params, currency, amountMinor, ttlS, actorId: user.id, ...keyed };
        return placedHold(await transact((trx) => placeHold(trx, wanted)));
      },
    }),
    endpoint({
      operationId: 'getHold',
      method: 'get',
      path: '/v1/holds/:id',
      summary: 'Read a hold',
      access: 'user',
      params: idParams,
      example: { params: { id: exampleValues.holdId } },
      answers: { 200: { description: 'The hold', data: holdSchema } },
      async handle({ params, user }) {
        return reply(200, await readHold(db, params.id, isStaff(user) ? {} : { ownerId: user.id }));
      },
    }),
    ...holdListEndpoints(db, platform),
    endpoint({
      operationId: 'captureHold',
      method: 'post',
      path: '/v1/holds/:id/capture',
      summary: 'Capture a hold, all or part, once',
      description: 'Not of your own wallet',
      access: 'staff',
      params: idParams,
      body: captureBody,
      errors: [requestErrors.OWN_ACCOUNT, requestErrors.INVALID_TRANSITION, holdErrors.CAPTURE_EXCEEDS_HOLD],
      example: { params: { id: exampleValues.holdId }, body: { amountMinor: 1_200 } },
      answers: { 200: { description: 'Captured, now or before', data: holdSchema } },
      async handle({ params, body, user }) {
        const request = { holdId: params.id, actorId: user.id, ending: { status: 'captured', ...body } as const };
        return reply(200, await transact((trx) => endHold(trx, request)));
      },
    }),
    endpoint({
      operationId: 'releaseHold',
      method: 'post',
      path: '/v1/holds/:id/release',
      summary: 'Release a hold',
      description: 'Not of your own wallet',
      access: 'staff',
      params: idParams,
      errors: [requestErrors.OWN_ACCOUNT, requestErrors.INVALID_TRANSITION],
      example: { params: { id: exampleValues.holdId } },
      answers: { 200: { description: 'Released, now or before', data: holdSchema } },
      async handle({ params, user }) {
        const request = { holdId: params.id, actorId: user.id, ending: { status: 'released' } as const };
        return reply(200, await transact((trx) => endHold(trx, request)));
      },
    }),
  ];
}
