/**
 * Splits an amount in proportion to weights by largest remainder: each share is rounded down, and the units that are left go to the
 * largest remainders, of equal ones to the first. If all weights are 0, they count as equal. Pure.
 *
 * @param amountMinor at least 0
 * @param weights at least 0 each; at least one
 * @returns the shares in the order of the weights. They sum to the amount; none exceeds its weight if the amount does not exceed their sum
 */
export function splitAmount(amountMinor: number, weights: readonly number[]): number[] {
  const given = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  const isEven = given === 0n;
  const sum = isEven ? BigInt(weights.length) : given;
  const parts = weights.map((weight, position) => {
    const product = BigInt(amountMinor) * (isEven ? 1n : BigInt(weight));
    return { position, share: Number(product / sum), remainder: product % sum };
  });
  let left = amountMinor - parts.reduce((total, { share }) => total + share, 0);
  for (const part of [...parts].sort(byRemainder)) {
    if (left === 0) break;
    part.share++;
    left--;
  }
  return parts.map(({ share }) => share);
}

type Part = { position: number; remainder: bigint };

function byRemainder(a: Part, b: Part): number {
  if (a.remainder === b.remainder) return a.position - b.position;
  return a.remainder > b.remainder ? -1 : 1;
}
