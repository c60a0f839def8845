export { createCategory } from './create-category.ts';
export { readCategoryTree } from './read-categories.ts';
