import type { Knex } from 'knex';
import { findProducts } from './find-products.ts';
import type { SearchableProduct } from './search-document.ts';
import type { TextMatches } from './text-matches.ts';
import { writeIndex } from './write-index.ts';

/**
 * The index that products are searched by. Lists, filters and sorts stay the database's. An external engine would write to its own
 * queue in the transaction, and answer with the best matches as `few`.
 */
export type ProductIndex = {
  /** Writes products that this transaction has locked; with `areNew`, products that it has created. */
  write(trx: Knex.Transaction, products: readonly SearchableProduct[], options?: { areNew?: boolean }): Promise<void>;
  /** Finds the products that match a text with at least one character besides spaces. Every read is bounded. */
  find(db: Knex, text: string): Promise<TextMatches>;
};

/** The index in product's own database. docs/adr/0017 compares it with others. */
export const productIndex: ProductIndex = { write: writeIndex, find: findProducts };
