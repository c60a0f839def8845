import { defineErrors } from '@florin/app-response';

export const userErrors = defineErrors({
  EMAIL_TAKEN: { status: 409, title: 'An account with this e-mail address exists' },
  LAST_ADMIN: { status: 409, title: 'The last active admin cannot be demoted, disabled or erased' },
});
