import { couponErrors } from '../coupons/index.ts';
import { deliveryErrors } from '../delivery/index.ts';
import { stockErrors } from '../stock/index.ts';
import { purchaseErrors } from './errors.ts';
import { purchaseSchema } from './purchase.ts';

/** The operations that take the id of a purchase. */
export const purchaseLinks = {
  getPurchase: { id: 'id' },
  listPurchaseTimeline: { id: 'id' },
  cancelPurchase: { id: 'id' },
};
const headers = ['Location', 'Preference-Applied'] as const;

/** The successful answers of the endpoints that make a purchase. */
export const acceptedAnswers = {
  202: { description: 'Accepted, not decided yet', data: purchaseSchema, headers, links: purchaseLinks },
  200: {
    description: 'Decided, or accepted by an earlier request under this key (Idempotent-Replayed: true)',
    data: purchaseSchema,
    headers,
    links: purchaseLinks,
  },
};

/** The errors of the endpoints that make a purchase. */
export const acceptErrors = [
  ...Object.values(purchaseErrors),
  stockErrors.VARIANT_REQUIRED,
  couponErrors.COUPON_NOT_APPLICABLE,
  deliveryErrors.DELIVERY_NOT_AVAILABLE,
];

/** The bodies of orders. Fits the maximum number of items several times. */
export const MAX_ORDER_BYTES = 16 * 1024;

export const preferHeader = {
  Prefer: {
    description: 'wait=N: answer when the purchase is decided, or after N seconds (at most 30). Other preferences are ignored',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
    example: 'wait=10',
  },
};
