export type StockLevel = 'out' | 'few' | 'in';

const FEW = 5;

/** How the stock is told: the exact number only if it is small. */
export function stockLevel(stock: number): StockLevel {
  if (stock <= 0) return 'out';
  return stock <= FEW ? 'few' : 'in';
}
