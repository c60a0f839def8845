import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { type Endpoint, endpoint, reply } from '@florin/runtime';
import Joi from 'joi';
import type { Knex } from 'knex';
import { transferTypes } from '../ledger/move-money.ts';
import { listWalletEntries, type WalletEntry, type WalletEntryFilter } from './list-wallet-entries.ts';
import { presentWallet, walletSchema } from './present-wallet.ts';
import { readWallet } from './read-wallet.ts';
import { currencyField, currencyQuery } from './wallet-params.ts';

const moneyMinor = Joi.number().integer().required();

const entrySchema = Joi.object<WalletEntry, true>({
  id: Joi.string().required(),
  sequence: Joi.number().integer().required(),
  transferId: Joi.string().guid().required(),
  type: Joi.string().required(),
  amountMinor: moneyMinor.description('Signed: negative is what the wallet paid'),
  balanceAfterMinor: moneyMinor,
  purchaseId: Joi.string().guid(),
  createdAt: Joi.date().iso().required(),
});

const entriesQuery = Joi.object<PageRequest & WalletEntryFilter & { currency?: string }>({
  ...pageQuery,
  currency: currencyField,
  from: Joi.date().iso().description('Not before this time'),
  to: Joi.date().iso().description('Before this time'),
  type: Joi.string()
    .valid(...transferTypes)
    .description('Only entries of such transfers'),
});

/** @param platform `currency`: of the wallet that is meant where a request names none */
export function walletRoutes(db: Knex, platform: { currency: string }): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/wallet',
      summary: 'Read your wallet',
      access: 'user',
      query: currencyQuery,
      answers: { 200: { description: 'The wallet', data: walletSchema } },
      async handle({ query, user }) {
        const wallet = await readWallet(db, { ...platform, ...query, userId: user.id });
        return reply(200, presentWallet(wallet));
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/wallet/entries',
      summary: "Read your wallet's statement, newest first",
      access: 'user',
      query: entriesQuery,
      answers: { 200: { description: 'A page of entries', data: entrySchema, isList: true } },
      async handle({ query: { currency: wanted = platform.currency, ...query }, user }) {
        const wallet = await readWallet(db, { userId: user.id, currency: wanted });
        const page = await listWalletEntries(db, { ...query, walletId: wallet.id }, query);
        return {
          status: 200,
          body: pageEnvelope(page, (entry) => entry),
        };
      },
    }),
  ];
}
