import type { Purchase, Refund } from '../api/resources.ts';

type Order = Pick<Purchase, 'status' | 'totalMinor' | 'refundedMinor'>;

/** Whether staff may refund a part of the order. */
export function isRefundable({ status }: Pick<Order, 'status'>): boolean {
  return ['paid', 'shipped', 'delivered'].includes(status);
}

/**
 * What can still be refunded: the charge, less what went back and what is under way.
 *
 * @param open refunds that wait for payment or for a decision
 */
export function refundableMinor({ totalMinor, refundedMinor }: Order, open: readonly Pick<Refund, 'amountMinor'>[]): number {
  return Math.max(0, totalMinor - refundedMinor - open.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
}

/** What staff can do with an order in its status. The server decides; this leaves out what it would refuse. */
export function actionsOf({ status }: Pick<Order, 'status'>): readonly ('claim' | 'ship' | 'deliver' | 'cancel' | 'report')[] {
  if (status === 'requested') return ['cancel'];
  if (status === 'paid') return ['claim', 'ship', 'report', 'cancel'];
  if (status === 'shipped') return ['deliver', 'report'];
  return [];
}
