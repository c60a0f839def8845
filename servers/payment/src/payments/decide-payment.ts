import { availableMinor, type Wallet } from '../wallets/wallet.ts';

export type DeclineReason =
  | 'WALLET_NOT_FOUND'
  | 'CURRENCY_MISMATCH'
  | 'WALLET_FROZEN'
  | 'SPEND_LIMIT_EXCEEDED'
  | 'INSUFFICIENT_FUNDS';

export type PaymentDecision = { outcome: 'charge'; wallet: Wallet } | { outcome: 'decline'; reason: DeclineReason };

type PaymentRequest = { amountMinor: number; currency: string };

/**
 * Decides whether a wallet pays. The first reason that holds, in this order, is the one given.
 *
 * @param wallet the buyer's wallet in the purchase's currency, else any other of theirs, else none
 */
export function decidePayment(wallet: Wallet | undefined, { amountMinor, currency }: PaymentRequest): PaymentDecision {
  if (wallet === undefined) return decline('WALLET_NOT_FOUND');
  if (wallet.currency !== currency) return decline('CURRENCY_MISMATCH');
  if (wallet.status === 'frozen') return decline('WALLET_FROZEN');
  if (amountMinor > wallet.spendLimitMinor) return decline('SPEND_LIMIT_EXCEEDED');
  if (amountMinor > availableMinor(wallet)) return decline('INSUFFICIENT_FUNDS');
  return { outcome: 'charge', wallet };
}

function decline(reason: DeclineReason): PaymentDecision {
  return { outcome: 'decline', reason };
}
