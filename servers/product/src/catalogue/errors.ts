import { defineErrors } from '@florin/app-response';

export const productErrors = defineErrors({
  SKU_TAKEN: { status: 409, title: 'Another product has this SKU' },
});
