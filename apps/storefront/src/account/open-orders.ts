import type { DataOf } from '@florin/client';

/** Counts the orders that are under way: requested, paid or shipped. */
export function openOrders({ counts }: Pick<DataOf<'get', '/v1/purchases/summary'>, 'counts'>): number {
  return counts.requested + counts.paid + counts.shipped;
}
