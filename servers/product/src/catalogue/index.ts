export { archiveProduct } from './archive-product.ts';
export { categoryErrors } from './category-errors.ts';
export { parsePath, splitEscaped } from './category-paths.ts';
export { MAX_CATEGORIES } from './category-tree.ts';
export { countFacets } from './count-facets.ts';
export { createCategory } from './create-category.ts';
export { createFamily } from './create-family.ts';
export { createProducts } from './create-products.ts';
export { isSlugTaken, productErrors } from './errors.ts';
export type { FacetName } from './facets.ts';
export { findSlugOwners } from './fill-slugs.ts';
export { impliedCurrency } from './implied-currency.ts';
export {
  type InsertedProduct,
  type InsertOptions,
  insertProducts,
  mergeNew,
  type NewProduct,
  type ProductDefaults,
  pretendProduct,
} from './insert-products.ts';
export { inFamily, sharedOf } from './insert-variants.ts';
export { catalogueInvariants } from './invariants.ts';
export { listProducts, type ProductSearch } from './list-products.ts';
export { mergeProduct, type ProductChanges } from './merge-product.ts';
export { isSameList, neededValues, orderedValues } from './option-values.ts';
export {
  blankFields,
  type Product,
  type ProductFields,
  type ProductRow,
  presentProduct,
  productColumns,
  productOf,
  type SharedField,
  sharedFields,
} from './product.ts';
export {
  changeableFields,
  MAX_CATEGORIES_OF_PRODUCT,
  optionValueField,
  productId,
  productLimits,
  productStatus,
} from './product-fields.ts';
export { whereStatus } from './product-filter.ts';
export { tagLabel } from './product-labels.ts';
export { type ProductSort, productSorts } from './product-orders.ts';
export { publicStateOf } from './publish-products.ts';
export { readCategoryTree } from './read-categories.ts';
export { type CategoryPath, type MissingCategories, type ResolvedPaths, resolvePaths } from './resolve-paths.ts';
export { demoImages, seedCatalogue } from './seed-catalogue.ts';
export { findCategories, shareCategories } from './share-categories.ts';
export { type ProductEdit, updateProducts } from './update-products.ts';
export { MAX_VARIANTS } from './variant-errors.ts';
export { writeEdits } from './write-edits.ts';
