import type { Subscriptions } from '@florin/messaging';
import { projectLimits } from './limits/project-limits.ts';
import { forgetBuyers } from './purchases/forget-buyers.ts';
import { settlePurchases } from './purchases/settle-purchases.ts';

/** What product hears, and what it does then. */
export const subscriptions: Subscriptions = {
  'user-erased': forgetBuyers,
  'wallet-opened': projectLimits,
  'wallet-changed': projectLimits,
  'purchase-paid': settlePurchases,
  'purchase-declined': settlePurchases,
  'purchase-refunded': settlePurchases,
};
