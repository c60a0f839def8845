/** Distribution over a list: uniform, always the first, or Zipf's law with this exponent. */
export type Spread = 'uniform' | 'one' | { zipf: number };

/** Returns a function that draws from a list. */
export function createPicker<T>(list: readonly T[], spread: Spread): () => T {
  const at = (index: number): T => {
    const item = list[Math.min(index, list.length - 1)];
    if (item === undefined) throw new Error('The list is empty');
    return item;
  };
  if (spread === 'one') return () => at(0);
  if (spread === 'uniform') return () => at(Math.floor(Math.random() * list.length));
  const shares = cumulativeShares(list.length, spread.zipf);
  return () => at(firstAbove(shares, Math.random()));
}

/** The share of the first n of `size` items whose weights are 1/rank^exponent. */
export function cumulativeShares(size: number, exponent: number): number[] {
  const weights = Array.from({ length: size }, (_, index) => (index + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  return weights.map((weight) => {
    sum += weight / total;
    return sum;
  });
}

function firstAbove(shares: readonly number[], share: number): number {
  let low = 0;
  let high = shares.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shares[middle] ?? 1) > share) high = middle;
    else low = middle + 1;
  }
  return low;
}
