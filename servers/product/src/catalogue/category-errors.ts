import { defineErrors } from '@florin/app-response';

export const categoryErrors = defineErrors({
  CATEGORY_NOT_FOUND: { status: 422, title: 'There is no such category' },
  CATEGORY_IN_USE: { status: 409, title: 'Products or other categories are still in this category' },
  CATEGORY_CYCLE: { status: 409, title: 'A category cannot be inside itself' },
  CATEGORY_TOO_DEEP: { status: 409, title: 'Categories may be at most five levels deep' },
  TOO_MANY_CATEGORIES: { status: 409, title: 'There may be no more categories' },
});
