import { defineErrors } from '@florin/app-response';

export const accountErrors = defineErrors({
  INVALID_CREDENTIALS: { status: 401, title: 'Wrong e-mail address or password' },
  REAUTHENTICATION_REQUIRED: { status: 403, title: 'The current password is required' },
  PASSWORD_TOO_WEAK: { status: 422, title: 'The password is too easy to guess' },
});
