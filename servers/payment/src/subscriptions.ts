import type { Subscriptions } from '@florin/messaging';
import { payPurchases } from './payments/pay-purchases.ts';
import { refundPurchases } from './payments/refund-purchases.ts';
import { freezeWallets } from './wallets/freeze-wallets.ts';
import { openWallets, type WalletTerms } from './wallets/open-wallets.ts';

/** What payment hears, and what it does then. */
export function subscriptionsOf(terms: WalletTerms): Subscriptions {
  return {
    'user-registered': (trx, events) => openWallets(trx, events, terms),
    'user-erased': freezeWallets,
    'purchase-requested': payPurchases,
    'purchase-cancelled': (trx, events) => refundPurchases(trx, events, terms),
  };
}
