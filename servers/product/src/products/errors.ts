import { defineErrors } from '@florin/app-response';

export const productErrors = defineErrors({
  CATEGORY_NOT_FOUND: { status: 422, title: 'There is no such category' },
});
