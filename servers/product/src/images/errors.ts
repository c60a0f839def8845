import { defineErrors } from '@florin/app-response';

export const imageErrors = defineErrors({
  IMAGE_UNKNOWN: {
    status: 409,
    title: 'There is no such image for this purpose',
    meaning:
      'An image id names no uploaded image of the needed purpose, or no image of this buyer, or the upload is so recent that it is not known here yet. `detail` has the id.',
    action: 'Retry after `Retry-After`, a few times. Then check the id, and the purpose of the upload.',
  },
});
