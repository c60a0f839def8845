import assert from 'node:assert/strict';
import type { Wallet } from '../wallets/index.ts';
import { type DeclineReason, isBroken, type JudgedPurchase, rules } from './rules.ts';

export type PaymentDecision = { outcome: 'charge'; wallet: Wallet } | { outcome: 'decline'; reason: DeclineReason };

/**
 * Decides whether a wallet pays. The first broken rule is the reason of a decline.
 *
 * @param wallet the buyer's wallet in the purchase's currency, else any other wallet of the buyer, else undefined
 */
export function decidePayment(wallet: Wallet | undefined, purchase: JudgedPurchase): PaymentDecision {
  for (const rule of rules) if (isBroken(rule, wallet, purchase)) return { outcome: 'decline', reason: rule.reason };
  assert(wallet !== undefined);
  return { outcome: 'charge', wallet };
}
