/** What browsers need of this package, without its schemas. */
export { categorySlugs } from './category-slugs.ts';
export { slugOf } from './slug-of.ts';
