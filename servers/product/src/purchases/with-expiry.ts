import type { Purchase } from './purchase.ts';

/** Adds the time after which an undecided purchase is cancelled. A decided purchase stays as it is. */
export function withExpiry(purchase: Purchase, timeoutS: number): Purchase {
  if (purchase.status !== 'requested') return purchase;
  return { ...purchase, expiresAt: new Date(Date.parse(purchase.createdAt) + timeoutS * 1000).toISOString() };
}
