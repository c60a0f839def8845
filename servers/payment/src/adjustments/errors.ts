import { defineErrors } from '@florin/app-response';

export const adjustmentErrors = defineErrors({
  REQUESTED_BY_YOU: {
    status: 403,
    title: 'Another admin must decide on your adjustment',
    meaning: 'An adjustment above the threshold needs two admins, and you requested this one.',
    action: 'Ask another admin to decide.',
  },
});
