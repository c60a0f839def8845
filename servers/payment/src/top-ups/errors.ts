import { defineErrors } from '@florin/app-response';

export const topUpErrors = defineErrors({
  TOP_UPS_UNAVAILABLE: {
    status: 503,
    title: 'Top-ups are not available',
    meaning: 'This installation has no provider for top-ups.',
    action: 'Do not offer top-ups.',
  },
});
