import { defineErrors, extensions } from '@florin/app-response';
import { orderErrors, quoteSchema } from '../pricing/index.ts';

export const purchaseErrors = defineErrors({
  ...orderErrors,
  CURRENCY_MISMATCH: {
    status: 409,
    title: 'No wallet has the currency of the purchase',
    meaning: 'The buyer has no wallet in the currency of the products.',
    action: 'Buy products in the currency of a wallet.',
  },
  DAILY_LIMIT_EXCEEDED: {
    status: 409,
    title: 'The purchase exceeds the daily limit',
    meaning: 'The purchase, with those of the day and the undecided ones, exceeds the daily limit of the wallet.',
    action: 'Buy for at most `limitMinor` today, or wait for the next day (UTC).',
    extensions: { limitMinor: extensions.limitMinor },
  },
  INSUFFICIENT_FUNDS: {
    status: 409,
    title: 'The wallet does not cover the purchase',
    meaning: 'The wallet, less the undecided purchases, does not cover the purchase.',
    action: 'Buy for at most `limitMinor`, or top up the wallet. Wait for the seconds in `Retry-After` before the next try.',
    extensions: { limitMinor: extensions.limitMinor },
  },
  PURCHASES_PAUSED: {
    status: 503,
    title: 'New purchases are paused',
    meaning: 'An operator stopped new purchases. Nothing was bought. Accepted purchases go on.',
    action: 'Wait for the seconds in `Retry-After`, then retry under the same idempotency key.',
  },
  PURCHASE_TOO_LARGE: {
    status: 422,
    title: 'The purchase has too many items or too much text',
    meaning: 'The purchase has so many items or so long texts that its event would be too large.',
    action: 'Split the purchase, or shorten the text.',
  },
  SPEND_LIMIT_EXCEEDED: {
    status: 409,
    title: 'The purchase exceeds the spend limit',
    meaning: 'The total is above the spend limit of the wallet, which holds for each purchase.',
    action: 'Buy for at most `limitMinor` at once.',
    extensions: { limitMinor: extensions.limitMinor },
  },
  TOTAL_CHANGED: {
    status: 409,
    title: 'The total has changed',
    meaning: 'The total of the order is not `expectedTotalMinor`. Nothing was bought.',
    action: 'Show the buyer `quote`, and send its `totalMinor` as `expectedTotalMinor`.',
    extensions: { quote: { type: 'object', description: 'The order at the current prices', schema: quoteSchema } },
  },
  TOO_MANY_UNDECIDED: {
    status: 429,
    title: 'Too many purchases are undecided',
    meaning: 'The buyer has as many undecided purchases as are allowed.',
    action: 'Wait for the seconds in `Retry-After` and for decisions, then retry under the same idempotency key.',
  },
  WALLET_FROZEN: {
    status: 409,
    title: 'The wallet is frozen',
    meaning: 'An admin froze the wallet. It takes refunds and captures of holds, and pays no purchases.',
    action: 'Do not retry. Ask support.',
  },
  WALLET_NOT_READY: {
    status: 409,
    title: 'The wallet is not open yet; try again',
    meaning: 'The account is new, and its wallet is not open yet.',
    action: 'Wait for the seconds in `Retry-After`, then retry under the same idempotency key.',
  },
});
