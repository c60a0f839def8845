import { AppError, defineErrors } from '@florin/app-response';
import { isDuplicateKey } from '@florin/database';

export const categoryErrors = defineErrors({
  CATEGORY_NOT_FOUND: {
    status: 422,
    title: 'Category not found',
    meaning: 'The request names a category that does not exist.',
    action: 'Choose another category.',
  },
  CATEGORY_NAME_TAKEN: {
    status: 409,
    title: 'Another category with this parent has this name',
    meaning: 'Names are unique among the subcategories of one parent, and at the top. Upper and lower case count as equal.',
    action: 'Choose another name or another parent.',
  },
  CATEGORY_IN_USE: {
    status: 409,
    title: 'The category has products, subcategories or coupons',
    meaning:
      'Only a category without subcategories, without products, active or archived, and without coupons that name it can be deleted.',
    action: 'Move its products and subcategories to other categories first, and remove it from `categoryIds` of coupons.',
  },
  CATEGORY_CYCLE: {
    status: 409,
    title: 'A category cannot be inside itself',
    meaning: 'The chosen parent is the category itself or lies inside it.',
    action: 'Choose another parent.',
  },
  CATEGORY_TOO_DEEP: {
    status: 409,
    title: 'Categories can have at most ten levels',
    meaning: 'The category, or one inside it, would lie below the tenth level.',
    action: 'Choose a parent on a higher level.',
  },
  TOO_MANY_CATEGORIES: {
    status: 409,
    title: 'The maximum number of categories is reached',
    meaning: 'The catalogue has as many categories as are allowed.',
    action: 'Delete unused categories first.',
  },
});

/** @throws AppError CATEGORY_NAME_TAKEN if another category with the same parent has the name; other errors of the write unchanged */
export async function orNameTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    throw isDuplicateKey(error, 'categories_name_of_parent')
      ? new AppError(categoryErrors.CATEGORY_NAME_TAKEN, { cause: error })
      : error;
  }
}
