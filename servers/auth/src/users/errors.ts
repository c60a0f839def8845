import { defineErrors } from '@florin/app-response';

export const userErrors = defineErrors({
  EMAIL_TAKEN: { status: 409, title: 'This email address has an account already' },
  LAST_ADMIN: { status: 409, title: 'The last active admin cannot be removed, disabled or erased' },
  INVALID_TRANSITION: { status: 409, title: 'The account is erased: nothing can be done with it any more' },
});
