import { defineErrors } from '@florin/app-response';

export const fulfilmentErrors = defineErrors({
  BUYER_ERASED: {
    status: 409,
    title: 'The buyer was erased',
    meaning: 'The buyer deleted their account, so no address of theirs may be saved.',
    action: 'Do not retry.',
  },
  DELIVERY_HISTORY_FULL: {
    status: 409,
    title: 'The delivery has too many reports',
    meaning: 'The purchase has 100 delivery reports. Only a report with a higher status is accepted now.',
    action: 'Do not send the report again.',
  },
  PACKED_BY_ANOTHER: {
    status: 409,
    title: 'Somebody else packs the purchase',
    meaning: 'A colleague packs the purchase. The claim is released an hour after it was made.',
    action: 'Pack another purchase, or wait for the seconds in `Retry-After`.',
  },
});
