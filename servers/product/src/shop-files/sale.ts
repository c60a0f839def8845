const DAY_MS = 86_400_000;

/**
 * Whether a sale price is in force. The days at both ends belong to the period. An end that cannot be read counts as over.
 *
 * @param period dates as the shop writes them; empty: without limit
 */
export function isOnSale({ from, to }: { from: string; to: string }, now: Date): boolean {
  const hasBegun = from === '' || Date.parse(from) <= now.getTime();
  return hasBegun && (to === '' || now.getTime() < Date.parse(to) + DAY_MS);
}
