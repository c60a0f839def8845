import type { Feature } from '@florin/service';
import { projectLimits } from './project-limits.ts';

/** Buyer limits: a copy of payment's wallets, kept up to date by its events. */
export function buyerLimitsFeature(): Feature {
  return {
    name: 'buyer-limits',
    description: 'A copy of the wallets, which says what a buyer may buy',
    subscriptions: [
      { event: 'wallet-opened', handle: projectLimits },
      { event: 'wallet-changed', handle: projectLimits },
    ],
  };
}
