export type RowPlaces = {
  /**
   * Stores the product that a row names.
   *
   * @returns the position of the first row with the same product; this row is then not stored
   */
  take(row: { id: string | undefined; sku: string | undefined }, position: number): number | undefined;
};

/**
 * Stores the products that the rows of a file name, so that no two rows change the same product. Two rows with different ids name
 * different products, even if a spreadsheet made their SKUs equal.
 */
export function createRowPlaces(): RowPlaces {
  const ids = new Map<string, number>();
  /** The first position of each SKU, negative if that row has an id. */
  const skus = new Map<string, number>();
  return {
    take({ id = '', sku = '' }, position) {
      const bySku = skus.get(sku);
      const first = ids.get(id) ?? (id !== '' && (bySku ?? 0) < 0 ? undefined : bySku);
      if (first !== undefined) return Math.abs(first);
      if (id !== '') ids.set(id, position);
      if (sku !== '' && bySku === undefined) skus.set(sku, id === '' ? position : -position);
      return undefined;
    },
  };
}
