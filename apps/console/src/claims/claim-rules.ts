import type { Claim, Purchase } from '../api/resources.ts';

/**
 * What the claimed units cost: their share of each line, after its discount, rounded down.
 *
 * @returns minor units, at most what the purchase has not refunded yet
 */
export function claimedMinor(
  { items }: Pick<Claim, 'items'>,
  order: Pick<Purchase, 'items' | 'totalMinor' | 'refundedMinor'>,
): number {
  const all = items.reduce((sum, { productId, quantity }) => {
    const line = order.items.find((item) => item.productId === productId);
    if (line === undefined) return sum;
    const lineMinor = line.unitPriceMinor * line.quantity - (line.discountMinor ?? 0);
    return sum + Math.floor((lineMinor * Math.min(quantity, line.quantity)) / line.quantity);
  }, 0);
  return Math.min(all, order.totalMinor - order.refundedMinor);
}

/** What staff can do with a claim in its status. */
export function claimActionsOf({ status }: Pick<Claim, 'status'>): readonly ('approve' | 'reject' | 'received')[] {
  if (status === 'open') return ['approve', 'reject'];
  return status === 'awaiting-return' ? ['received'] : [];
}
