/** Wraps one resource in the success envelope. */
export type Envelope<T> = { data: T };

/**
 * The success envelope of a list. `nextCursor` is null on the last page. The other fields are present if the page was requested
 * by its number.
 */
export type PageEnvelope<T> = {
  data: readonly T[];
  page: { limit: number; nextCursor: string | null; number?: number; total?: number; isTotalCapped?: boolean };
};

export function envelope<T>(data: T): Envelope<T> {
  return { data };
}
