/** Returns a sum as a JSON number; null beyond ±(2^53 - 1), where JSON numbers are not exact. */
export function exactNumber(sum: bigint): number | null {
  const number = Number(sum);
  return Number.isSafeInteger(number) ? number : null;
}
