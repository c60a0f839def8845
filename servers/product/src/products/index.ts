export { archiveProduct } from './archive-product.ts';
export { createProducts, type NewProduct } from './create-products.ts';
export { impliedCurrency } from './implied-currency.ts';
export { listProducts, type ProductSearch } from './list-products.ts';
export { type ProductSort, productSorts } from './product-orders.ts';
export { type ProductRow, presentProduct } from './products-table.ts';
