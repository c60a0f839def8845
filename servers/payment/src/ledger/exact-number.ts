/** A sum as a JSON number; null beyond ±(2^53 - 1), which JSON numbers do not carry exactly: its text stands beside it. */
export function exactNumber(sum: bigint): number | null {
  const number = Number(sum);
  return Number.isSafeInteger(number) ? number : null;
}
