import { defineErrors } from '@florin/app-response';

export const userErrors = defineErrors({
  EMAIL_TAKEN: { status: 409, title: 'This email address has an account already' },
});
