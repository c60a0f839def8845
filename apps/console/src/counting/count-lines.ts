import { newIdempotencyKey } from '@florin/client';

/** A product that is counted. The key stays with the line, so that posting it again after a lost answer changes nothing. */
export type CountLine = {
  id: string;
  name: string;
  sku: string | null;
  stockBefore: number;
  count: number;
  /** Time of the last scan (RFC 3339): sales after it are not undone. */
  countedAt: string;
  key: string;
  result?: { isDone: boolean; text: string };
};

type Counted = { id: string; name: string; sku: string | null; stock: number };

/**
 * Counts one unit of a product more. A line that was posted already begins a new count.
 *
 * @param at time of the scan (RFC 3339)
 */
export function withScan(lines: readonly CountLine[], { id, name, sku, stock }: Counted, at: string): readonly CountLine[] {
  const known = lines.find((line) => line.id === id && line.result?.isDone !== true);
  const line: CountLine = {
    id,
    name,
    sku,
    stockBefore: stock,
    count: (known?.count ?? 0) + 1,
    countedAt: at,
    key: newIdempotencyKey(),
  };
  return [line, ...lines.filter((other) => other.id !== id)];
}

/** Sets the units of a line, as a person typed them. */
export function withCount(
  lines: readonly CountLine[],
  { id, count, at }: { id: string; count: number; at: string },
): readonly CountLine[] {
  return lines.map((line) => {
    if (line.id !== id) return line;
    const { result: _, ...rest } = line;
    return { ...rest, count, countedAt: at, key: newIdempotencyKey() };
  });
}

/**
 * Adds the result of posting to the line that was sent. A line that was counted further meanwhile has another key, and stays open.
 *
 * @param key of the line that was sent
 */
export function withResult(
  lines: readonly CountLine[],
  key: string,
  result: NonNullable<CountLine['result']>,
): readonly CountLine[] {
  return lines.map((line) => (line.key === key ? { ...line, result } : line));
}
