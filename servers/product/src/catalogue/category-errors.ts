import { defineErrors } from '@florin/app-response';

export const categoryErrors = defineErrors({
  CATEGORY_NOT_FOUND: {
    status: 422,
    title: 'Category not found',
    meaning: 'The request names a category that does not exist.',
    action: 'Choose another category.',
  },
  CATEGORY_IN_USE: {
    status: 409,
    title: 'The category has products or subcategories',
    meaning: 'Only an empty category can be deleted.',
    action: 'Move or archive its products and subcategories first.',
  },
  CATEGORY_CYCLE: {
    status: 409,
    title: 'A category cannot be inside itself',
    meaning: 'The chosen parent is the category itself or lies inside it.',
    action: 'Choose another parent.',
  },
  CATEGORY_TOO_DEEP: {
    status: 409,
    title: 'Categories can have at most five levels',
    meaning: 'The category, or one inside it, would lie below the fifth level.',
    action: 'Choose a parent on a higher level.',
  },
  TOO_MANY_CATEGORIES: {
    status: 409,
    title: 'The maximum number of categories is reached',
    meaning: 'The catalogue has as many categories as are allowed.',
    action: 'Delete unused categories first.',
  },
});
