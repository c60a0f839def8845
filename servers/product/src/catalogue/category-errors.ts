import { defineErrors } from '@florin/app-response';

export const categoryErrors = defineErrors({
  CATEGORY_NOT_FOUND: { status: 422, title: 'Category not found' },
  CATEGORY_IN_USE: { status: 409, title: 'The category has products or subcategories' },
  CATEGORY_CYCLE: { status: 409, title: 'A category cannot be inside itself' },
  CATEGORY_TOO_DEEP: { status: 409, title: 'Categories can have at most five levels' },
  TOO_MANY_CATEGORIES: { status: 409, title: 'The maximum number of categories is reached' },
});
