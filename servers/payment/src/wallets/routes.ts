import { requestErrors } from '@florin/app-response';
import { type Endpoint, endpoint, exampleValues, type Reply, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import {
  amountMinor,
  currency,
  id,
  named,
  storedCurrency,
  time,
  timeRange,
  token,
  undocumented,
  wholeNumber,
} from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { transferTypes } from '../ledger/index.ts';
import { walletErrors } from './errors.ts';
import { listWalletEntries, type WalletEntryFilter } from './list-wallet-entries.ts';
import { listWallets, type WalletFilter } from './list-wallets.ts';
import { presentWallet, walletSchema } from './present-wallet.ts';
import { type BalanceAt, readBalanceAt } from './read-balance-at.ts';
import { readWallet, readWalletNow } from './read-wallet.ts';
import type { EntrySource, WalletEntry } from './wallet-entry.ts';
import { withOwnWallet } from './wallet-not-found.ts';
import { currencyField, userParams } from './wallet-params.ts';

const moneyMinor = amountMinor().required();

const entrySchema = named(
  'WalletEntry',
  Joi.object<WalletEntry, true>({
    id: token(60).required(),
    sequence: wholeNumber().required(),
    transferId: id().required(),
    type: Joi.string().required(),
    amountMinor: moneyMinor.description('Signed: negative debits the wallet'),
    balanceAfterMinor: moneyMinor,
    purchaseId: id(),
    source: Joi.object<EntrySource, true>({
      type: Joi.string().required().description('purchase, hold, top-up, adjustment, opening-credit or refund. An open set'),
      id: id().required(),
    })
      .required()
      .description('The cause of the transfer; for the opening credit, the transfer itself'),
    reason: Joi.string().description('Reason of the adjustment'),
    createdAt: time().required(),
  }),
);

const moved = { name: 'at', since: '2026-11-27', sunset: '2027-11-27' };

type WalletQuery = { currency?: string; at?: Date };

const walletQuery = Joi.object<WalletQuery>({
  currency: currencyField,
  // Answers the balance at this time instead of the wallet: a former form of /balance, which a typed client could not read.
  at: undocumented(time()),
});

type BalanceQuery = { currency?: string; at: Date };

const balanceQuery = Joi.object<BalanceQuery>({
  currency: currencyField,
  at: time().required().description('The balance includes all entries booked up to this time, and in its millisecond'),
});

const isFinal = Joi.boolean()
  .required()
  .description(
    'Whether the answer never changes. false while the last entry of the wallet is booked ahead of the clock; then all entries count for a time from now on',
  );

const balanceAtSchema = named(
  'WalletBalance',
  Joi.object<BalanceAt, true>({
    id: id().required(),
    userId: id().required(),
    currency: storedCurrency().required(),
    at: time().required(),
    balanceMinor: moneyMinor,
    sequence: wholeNumber().required().description('Sequence of the last entry in the balance; 0 if there is none'),
    isFinal,
  }),
);

const balanceAnswer = { 200: { description: 'The balance', data: balanceAtSchema } };

const walletAnswer = { 200: { description: 'The wallet', data: walletSchema } };

type EntriesQuery = PageRequest & WalletEntryFilter & { currency?: string };

const entriesQuery = Joi.object<EntriesQuery>({
  ...pageQuery,
  currency: currencyField,
  ...timeRange('Booked'),
  type: Joi.string()
    .valid(...transferTypes)
    .description('Only entries of transfers of this type'),
});

const entriesAnswer = {
  200: {
    description: 'A page of entries',
    data: entrySchema,
    isList: true,
    page: { isFinal: isFinal.optional().description('With `from` or `to`: as for a balance at a time') },
  },
};

const walletsQuery = Joi.object<PageRequest & WalletFilter>({
  ...pageQuery,
  userId: id().description("Only this user's wallets"),
  currency: currency().description('Only wallets in this currency'),
  status: Joi.string().valid('active', 'frozen').description('Only wallets of this status'),
});

/** @param platform `currency`: used if a request names none */
export function walletRoutes(db: Knex, platform: { currency: string }): Endpoint[] {
  const showBalance = async (userId: string, { at, currency = platform.currency }: BalanceQuery): Promise<Reply> =>
    reply(200, await readBalanceAt(db, { userId, currency, at }));
  const show = async (userId: string, { at, currency = platform.currency }: WalletQuery): Promise<Reply> => {
    if (at !== undefined) return showBalance(userId, { at, currency });
    return reply(200, await presentWallet(db, await readWalletNow(db, { userId, currency })));
  };
  const listEntries = async (userId: string, { currency = platform.currency, ...query }: EntriesQuery): Promise<Reply> => {
    const wallet = await readWallet(db, { userId, currency });
    const { isFinal, ...entries } = await listWalletEntries(db, wallet, query);
    const { data, page } = pageEnvelope(entries, (entry) => entry);
    return { status: 200, body: { data, page: { ...page, ...(isFinal !== undefined && { isFinal }) } } };
  };

  return [
    endpoint({
      operationId: 'getMyWallet',
      method: 'get',
      path: '/v1/wallet',
      summary: 'Read your wallet',
      formerQueries: [{ ...moved, successor: '/v1/wallet/balance' }],
      access: 'user',
      query: walletQuery,
      errors: [walletErrors.WALLET_NOT_FOUND, requestErrors.NOT_FOUND],
      answers: walletAnswer,
      handle: ({ query, user }) => withOwnWallet(db, user, () => show(user.id, query)),
    }),
    endpoint({
      operationId: 'getMyWalletBalance',
      method: 'get',
      path: '/v1/wallet/balance',
      summary: "Read your wallet's balance at a time",
      access: 'user',
      query: balanceQuery,
      errors: [walletErrors.WALLET_NOT_FOUND, requestErrors.NOT_FOUND],
      example: { query: { at: exampleValues.time } },
      answers: balanceAnswer,
      handle: ({ query, user }) => withOwnWallet(db, user, () => showBalance(user.id, query)),
    }),
    endpoint({
      operationId: 'listMyWalletEntries',
      method: 'get',
      path: '/v1/wallet/entries',
      summary: "List your wallet's entries, newest first",
      access: 'user',
      query: entriesQuery,
      errors: [walletErrors.WALLET_NOT_FOUND],
      answers: entriesAnswer,
      handle: ({ query, user }) => withOwnWallet(db, user, () => listEntries(user.id, query)),
    }),
    endpoint({
      operationId: 'listWallets',
      method: 'get',
      path: '/v1/wallets',
      summary: 'List wallets, newest first',
      access: 'staff',
      query: walletsQuery,
      example: { query: { userId: exampleValues.userId } },
      answers: { 200: { description: 'A page of wallets', data: walletSchema, isList: true } },
      async handle({ query }) {
        const page = await listWallets(db, query);
        const rows = await Promise.all(page.rows.map((row) => presentWallet(db, row)));
        return { status: 200, body: pageEnvelope({ ...page, rows }, (row) => row) };
      },
    }),
    endpoint({
      operationId: 'getWallet',
      method: 'get',
      path: '/v1/wallets/:userId',
      summary: "Read a user's wallet",
      formerQueries: [{ ...moved, successor: '/v1/wallets/:userId/balance' }],
      access: 'staff',
      params: userParams,
      query: walletQuery,
      errors: [walletErrors.WALLET_NOT_FOUND],
      example: { params: { userId: exampleValues.userId } },
      answers: walletAnswer,
      handle: ({ params: { userId }, query }) => show(userId, query),
    }),
    endpoint({
      operationId: 'getWalletBalance',
      method: 'get',
      path: '/v1/wallets/:userId/balance',
      summary: "Read the balance of a user's wallet at a time",
      access: 'staff',
      params: userParams,
      query: balanceQuery,
      errors: [walletErrors.WALLET_NOT_FOUND],
      example: { params: { userId: exampleValues.userId }, query: { at: exampleValues.time } },
      answers: balanceAnswer,
      handle: ({ params: { userId }, query }) => showBalance(userId, query),
    }),
    endpoint({
      operationId: 'listWalletEntries',
      method: 'get',
      path: '/v1/wallets/:userId/entries',
      summary: "List the entries of a user's wallet, newest first",
      access: 'staff',
      params: userParams,
      query: entriesQuery,
      errors: [walletErrors.WALLET_NOT_FOUND],
      example: { params: { userId: exampleValues.userId } },
      answers: entriesAnswer,
      handle: ({ params: { userId }, query }) => listEntries(userId, query),
    }),
  ];
}
