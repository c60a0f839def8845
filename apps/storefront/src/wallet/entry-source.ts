import type { ItemOf } from '@florin/client';

export type Entry = ItemOf<'/v1/wallet/entries'>;

const known: readonly string[] = ['opening-credit', 'purchase', 'refund', 'top-up', 'adjustment', 'capture', 'partial-refund'];

/** The id of the text that names an entry. The set of types is open. */
export function entryText(type: string): string {
  return known.includes(type) ? `wallet.entry.${type}` : 'wallet.entry.other';
}

/** The page that shows what an entry is about; undefined if there is none. */
export function entryLink({ purchaseId, source }: Pick<Entry, 'purchaseId' | 'source'>): string | undefined {
  if (source.type === 'top-up') return `/wallet/top-up?id=${source.id}`;
  const orderId = purchaseId ?? (source.type === 'purchase' ? source.id : undefined);
  return orderId === undefined ? undefined : `/orders/${orderId}`;
}
