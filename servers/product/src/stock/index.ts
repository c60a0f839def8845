export { stockErrors, variantRequired } from './errors.ts';
export { stockInvariants } from './invariants.ts';
export { type LockedProduct, lockProducts, readSoldProducts, type SoldProduct } from './lock-products.ts';
export { moveStock } from './move-stock.ts';
export { MAX_STOCK } from './movement.ts';
export { type OptionValues, type ProductImage, type ProductRow, productsTable, type StoredProduct } from './products-table.ts';
export { returnClaimed } from './return-claimed.ts';
