import { availableMinor, type Wallet } from '../wallets/wallet.ts';

export type DeclineReason =
  | 'WALLET_NOT_FOUND'
  | 'CURRENCY_MISMATCH'
  | 'WALLET_FROZEN'
  | 'SPEND_LIMIT_EXCEEDED'
  | 'DAILY_LIMIT_EXCEEDED'
  | 'INSUFFICIENT_FUNDS';

export type PaymentDecision = { outcome: 'charge'; wallet: Wallet } | { outcome: 'decline'; reason: DeclineReason };

type PaymentRequest = {
  amountMinor: number;
  currency: string;
  /** What the wallet's purchases of this day cost so far. */
  spentMinor: number;
};

/**
 * Decides whether a wallet pays. The first reason that holds, in this order, is the one given.
 *
 * @param wallet the buyer's wallet in the purchase's currency, else any other of theirs, else none
 */
export function decidePayment(wallet: Wallet | undefined, request: PaymentRequest): PaymentDecision {
  const { amountMinor, currency, spentMinor } = request;
  if (wallet === undefined) return decline('WALLET_NOT_FOUND');
  if (wallet.currency !== currency) return decline('CURRENCY_MISMATCH');
  if (wallet.status === 'frozen') return decline('WALLET_FROZEN');
  if (amountMinor > wallet.spendLimitMinor) return decline('SPEND_LIMIT_EXCEEDED');
  if (amountMinor > leftOfDay(wallet, spentMinor)) return decline('DAILY_LIMIT_EXCEEDED');
  if (amountMinor > availableMinor(wallet)) return decline('INSUFFICIENT_FUNDS');
  return { outcome: 'charge', wallet };
}

/** Without a limit, what can still be counted. */
function leftOfDay({ dailyLimitMinor }: Wallet, spentMinor: number): number {
  return (dailyLimitMinor ?? Number.MAX_SAFE_INTEGER) - spentMinor;
}

function decline(reason: DeclineReason): PaymentDecision {
  return { outcome: 'decline', reason };
}
