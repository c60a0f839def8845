import { amountMinor, id, named, storedCurrency, wholeNumber } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { readSpentToday } from './daily-spending.ts';
import { availableMinor, type Wallet } from './wallet.ts';

const moneyMinor = amountMinor().required();

export const walletSchema = named(
  'Wallet',
  Joi.object({
    id: id().required(),
    userId: id().required(),
    currency: storedCurrency().required(),
    balanceMinor: moneyMinor,
    availableMinor: moneyMinor.description('What the wallet can pay: balance + credit limit − held'),
    heldMinor: moneyMinor.description('Sum of the holds that have not ended'),
    creditLimitMinor: moneyMinor.description('Largest amount by which the balance may be below zero'),
    spendLimitMinor: moneyMinor.description('Maximum price of one purchase'),
    dailyLimitMinor: moneyMinor.allow(null).description("Maximum sum of a day's purchases (UTC); null: no limit"),
    spentTodayMinor: moneyMinor.description("Sum of today's purchases (UTC), without refunded ones"),
    status: Joi.string().valid('active', 'frozen').required(),
    version: wholeNumber().required(),
  }),
);

/** `readAt`: the database's time of the read. */
export type ReadWallet = { wallet: Wallet; readAt: Date };

/** Returns the wallet as the API shows it. */
export async function presentWallet(db: Knex, { wallet, readAt }: ReadWallet) {
  const { id, userId, currency, balanceMinor, heldMinor, creditLimitMinor, spendLimitMinor, dailyLimitMinor, status, version } =
    wallet;
  return {
    id,
    userId,
    currency,
    balanceMinor,
    availableMinor: availableMinor(wallet),
    heldMinor,
    creditLimitMinor,
    spendLimitMinor,
    dailyLimitMinor,
    spentTodayMinor: await readSpentToday(db, wallet, readAt),
    status,
    version,
  };
}
