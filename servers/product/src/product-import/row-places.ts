export type RowPlaces = {
  /**
   * Remembers the product that a row names.
   *
   * @returns the place of the first row that names the same, where there is one: then this row is not remembered
   */
  take(row: { id: string | undefined; sku: string | undefined }, position: number): number | undefined;
};

/**
 * Remembers which products the rows of a file name, so that no two of them change the same one. Two rows with different ids are of
 * different products, also where a spreadsheet made their SKUs the same.
 */
export function createRowPlaces(): RowPlaces {
  const ids = new Map<string, number>();
  /** The first place of an SKU; below zero where that row has an id. */
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
