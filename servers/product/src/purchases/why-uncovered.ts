import assert from 'node:assert/strict';
import type { PurchaseDraft } from './decide-purchase.ts';
import type { Buyer } from './read-buyers.ts';

/** The decline reasons that product can foresee from its copy of the wallet, as payment names them. */
export type UncoveredReason = 'CURRENCY_MISMATCH' | 'WALLET_FROZEN' | LimitReason;

/** The reasons that a smaller total removes. */
export type LimitReason = 'SPEND_LIMIT_EXCEEDED' | 'DAILY_LIMIT_EXCEEDED' | 'INSUFFICIENT_FUNDS';

/**
 * Tells why the copies of the wallets, less the buyer's own undecided purchases, do not cover a purchase; undefined if they cover it.
 * The order is that of payment's rules. Pure.
 */
export function whyUncovered(
  buyer: Buyer,
  { totalMinor, currency }: Pick<PurchaseDraft, 'totalMinor' | 'currency'>,
): UncoveredReason | undefined {
  const wallet = buyer.wallets.get(currency);
  if (wallet === undefined) return 'CURRENCY_MISMATCH';
  if (wallet.isFrozen) return 'WALLET_FROZEN';
  if (totalMinor === 0) return undefined;
  if (totalMinor > wallet.spendLimitMinor) return 'SPEND_LIMIT_EXCEEDED';
  const wantedMinor = totalMinor + (buyer.undecided.get(currency)?.totalMinor ?? 0);
  if (wallet.dayLeftMinor !== null && wantedMinor > wallet.dayLeftMinor) return 'DAILY_LIMIT_EXCEEDED';
  return wantedMinor > wallet.availableMinor ? 'INSUFFICIENT_FUNDS' : undefined;
}

/** The highest total that a reason allows now, in minor units. */
export function limitMinorOf(reason: LimitReason, buyer: Buyer, { currency }: PurchaseDraft): number {
  const wallet = buyer.wallets.get(currency);
  assert(wallet !== undefined, `a purchase without a ${currency} wallet exceeds no limit`);
  if (reason === 'SPEND_LIMIT_EXCEEDED') return wallet.spendLimitMinor;
  const leftMinor = reason === 'DAILY_LIMIT_EXCEEDED' ? (wallet.dayLeftMinor ?? 0) : wallet.availableMinor;
  return Math.max(0, leftMinor - (buyer.undecided.get(currency)?.totalMinor ?? 0));
}

const reasons: Readonly<Record<UncoveredReason, true>> = {
  CURRENCY_MISMATCH: true,
  WALLET_FROZEN: true,
  SPEND_LIMIT_EXCEEDED: true,
  DAILY_LIMIT_EXCEEDED: true,
  INSUFFICIENT_FUNDS: true,
};

/** Whether a decline counts for the buyer's pace. */
export function isForFunds(declineReason: string | undefined): boolean {
  return declineReason !== undefined && Object.hasOwn(reasons, declineReason);
}
