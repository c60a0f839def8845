import { parseMoney } from '@florin/ui/money-text';

export type PriceRange = { minPriceMinor: number | undefined; maxPriceMinor: number | undefined };
/** The field, and what is wrong with it. */
export type PriceFault = { field: 'min' | 'max'; fault: 'malformed' | 'belowMin' };

/**
 * Reads a price range that a person typed. An empty field is no bound.
 *
 * @param minorUnits decimals of the currency
 */
export function readPriceRange(typed: { min: string; max: string }, minorUnits: number, locale: string): PriceRange | PriceFault {
  const min = readBound(typed.min, minorUnits, locale);
  if (min === 'malformed') return { field: 'min', fault: 'malformed' };
  const max = readBound(typed.max, minorUnits, locale);
  if (max === 'malformed') return { field: 'max', fault: 'malformed' };
  if (min !== undefined && max !== undefined && max < min) return { field: 'max', fault: 'belowMin' };
  return { minPriceMinor: min, maxPriceMinor: max };
}

function readBound(text: string, minorUnits: number, locale: string): number | undefined | 'malformed' {
  const bound = parseMoney(text, minorUnits, locale);
  if (bound === 'empty') return undefined;
  return typeof bound === 'number' ? bound : 'malformed';
}
