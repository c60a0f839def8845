import type { KeyedRequest } from '@florin/http';
import type { Span } from '@florin/runtime';
import type { DeliveryWish } from '../delivery/index.ts';
import type { WantedItem } from '../pricing/index.ts';
import type { Purchase } from './purchase.ts';

export type PurchaseRequest = KeyedRequest & {
  userId: string;
  /** Empty if the cart is bought. */
  items: readonly WantedItem[];
  /** Buys the cart of the user and empties it. */
  isCheckout?: boolean;
  /** Upper case. Of a checkout, undefined stands for the coupon of the cart, and null for none. */
  couponCode?: string | null | undefined;
  /** The total that the buyer saw. With another one, the purchase is refused. */
  expectedTotalMinor?: number | undefined;
  delivery?: DeliveryWish | undefined;
  /** Trace context of the request. A batch runs in the context of one of its requests. */
  traceparent?: string;
  /** The span of the request, if its trace is sampled. */
  span?: Span | undefined;
};

/** `purchase`: the new purchase. Absent in a replay, because the purchase may have changed since. */
export type PurchaseAnswer = { purchaseId: string; isReplay: boolean; purchase?: Purchase };
