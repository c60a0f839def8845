/** The success envelope of one thing. */
export type Envelope<T> = { data: T };

/** The success envelope of a list. `nextCursor` is null on the last page; the rest is told of a page asked for by its number. */
export type PageEnvelope<T> = {
  data: readonly T[];
  page: { limit: number; nextCursor: string | null; number?: number; total?: number; isTotalCapped?: boolean };
};

export function envelope<T>(data: T): Envelope<T> {
  return { data };
}
