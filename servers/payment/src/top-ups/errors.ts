import { defineErrors } from '@florin/app-response';

export const topUpErrors = defineErrors({
  TOP_UPS_UNAVAILABLE: {
    status: 503,
    title: 'Top-ups are not available',
    meaning: 'This installation has no provider for top-ups, or an operator has paused them; then the answer has `Retry-After`.',
    action: 'With `Retry-After`: wait and retry. Without: do not offer top-ups.',
  },
});
