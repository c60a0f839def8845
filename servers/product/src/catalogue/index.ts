export { archiveProduct } from './archive-product.ts';
export { parsePath, splitEscaped } from './category-paths.ts';
export { createCategory } from './create-category.ts';
export { createProducts, mergeNew, type NewProduct, type ProductDefaults } from './create-products.ts';
export { isSlugTaken, productErrors } from './errors.ts';
export { findSlugOwners } from './fill-slugs.ts';
export { impliedCurrency } from './implied-currency.ts';
export { catalogueInvariants } from './invariants.ts';
export { listProducts, type ProductSearch } from './list-products.ts';
export { mergeProduct, type ProductChanges } from './merge-product.ts';
export {
  blankFields,
  type Product,
  type ProductFields,
  type ProductRow,
  presentProduct,
  productColumns,
  productOf,
} from './product.ts';
export { changeableFields, MAX_CATEGORIES_OF_PRODUCT, productId, productStatus } from './product-fields.ts';
export { whereStatus } from './product-filter.ts';
export { type ProductSort, productSorts } from './product-orders.ts';
export { readCategoryTree } from './read-categories.ts';
export { type CategoryPath, type MissingCategories, type ResolvedPaths, resolvePaths } from './resolve-paths.ts';
export { seedCatalogue } from './seed-catalogue.ts';
export { findCategories } from './share-categories.ts';
export { type ProductEdit, updateProducts } from './update-products.ts';
