import { defineErrors } from '@florin/app-response';

export const userErrors = defineErrors({
  EMAIL_TAKEN: {
    status: 409,
    title: 'An account with this e-mail address exists',
    meaning: 'An account with this e-mail address exists.',
    action: 'Sign in, or sign up with another address.',
  },
  LAST_ADMIN: {
    status: 409,
    title: 'The last active admin cannot be demoted, disabled or erased',
    meaning: 'Without this account nobody could administrate the platform.',
    action: 'Make somebody else an admin first.',
  },
});
