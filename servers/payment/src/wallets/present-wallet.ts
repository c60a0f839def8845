import { amountMinor, id, storedCurrency, wholeNumber } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { readSpentToday } from './daily-spending.ts';
import { availableMinor, type Wallet } from './wallet.ts';

const moneyMinor = amountMinor().required();

export const walletSchema = Joi.object({
  id: id().required(),
  userId: id().required(),
  currency: storedCurrency().required(),
  balanceMinor: moneyMinor,
  availableMinor: moneyMinor.description('What could be paid now: balance + credit limit − held'),
  heldMinor: moneyMinor.description('Authorised by holds, and not captured, released or expired yet'),
  creditLimitMinor: moneyMinor.description('How far below zero the balance may go'),
  spendLimitMinor: moneyMinor.description('The most that one purchase may cost'),
  dailyLimitMinor: moneyMinor.allow(null).description("The most that a day's purchases (UTC) may cost together; null: no limit"),
  spentTodayMinor: moneyMinor.description("What today's purchases (UTC) cost, without those refunded"),
  status: Joi.string().valid('active', 'frozen').required(),
  version: wholeNumber().required(),
});

/** A wallet, and the database's time when it was read. */
export type ReadWallet = { wallet: Wallet; readAt: Date };

/** The wallet as the API shows it. */
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
