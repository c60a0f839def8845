import { defineErrors, extensions } from '@florin/app-response';

export const claimErrors = defineErrors({
  CLAIM_EXCEEDS_PURCHASE: {
    status: 409,
    title: 'Other claims leave fewer units',
    meaning: 'Open and approved claims of the purchase leave fewer units of a product than this claim asks for.',
    action: 'Claim at most `claimable` units of `productId`.',
    extensions: {
      productId: extensions.productId,
      claimable: { type: 'integer', minimum: 0, description: 'Units that can still be claimed' },
    },
  },
  CLAIM_WINDOW_OVER: {
    status: 409,
    title: 'The time for claims is over',
    meaning: 'The purchase was delivered too long ago to be claimed. `detail` has the last time.',
    action: 'Ask staff: they can refund without a claim.',
  },
  TOO_MANY_CLAIMS: {
    status: 409,
    title: 'The purchase has too many claims',
    meaning: 'The purchase has as many claims as are stored for one purchase, withdrawn and rejected ones included.',
    action: 'Ask staff: they can refund without a claim.',
  },
  CLAIM_CONVERSATION_FULL: {
    status: 409,
    title: 'The claim has too many messages',
    meaning: 'The claim has as many messages as are stored for one claim.',
    action: 'Decide on the claim, or open another one.',
  },
});

export const refundErrors = defineErrors({
  REFUND_EXCEEDS_CHARGE: {
    status: 409,
    title: 'The refund exceeds the rest of the charge',
    meaning:
      'The refund, with those that are done or under way and those of approved returns, exceeds the total of the purchase.',
    action: 'Refund at most `limitMinor`.',
    extensions: { limitMinor: extensions.limitMinor },
  },
  TOO_MANY_REFUNDS: {
    status: 409,
    title: 'The purchase has too many refunds',
    meaning: 'The purchase has as many refunds as are stored for one purchase, rejected ones included.',
    action: 'Do not retry. An admin can adjust the wallet.',
  },
  REFUND_REQUESTED_BY_YOU: {
    status: 403,
    title: 'Another member of staff must decide on your refund',
    meaning: 'A refund above the threshold needs two members of staff, and you requested this one.',
    action: 'Ask another member of staff to decide.',
  },
});
