type Priced = { priceMinor: number; compareAtPriceMinor: number | null };

/** How much less a product costs than before, in whole percent; undefined below one. Never rounded up. */
export function savingPercent({ priceMinor, compareAtPriceMinor }: Priced): number | undefined {
  if (compareAtPriceMinor === null || compareAtPriceMinor <= priceMinor) return undefined;
  const percent = Math.floor(((compareAtPriceMinor - priceMinor) / compareAtPriceMinor) * 100);
  return percent >= 1 ? percent : undefined;
}
