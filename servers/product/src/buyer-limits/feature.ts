import type { Feature } from '@florin/service';
import { projectLimits } from './project-limits.ts';

/** What each buyer may spend: a copy of payment's wallets, which its events keep. */
export function buyerLimitsFeature(): Feature {
  return {
    name: 'buyer-limits',
    subscriptions: [
      { event: 'wallet-opened', handle: projectLimits },
      { event: 'wallet-changed', handle: projectLimits },
    ],
  };
}
