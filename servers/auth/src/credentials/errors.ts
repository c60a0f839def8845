import { defineErrors } from '@florin/app-response';

export const accountErrors = defineErrors({
  INVALID_CREDENTIALS: { status: 401, title: 'Email or password is wrong' },
});

/** One code for all tokens that will not do, whichever kind of token it is. */
export const refreshErrors = defineErrors({
  UNAUTHENTICATED: { status: 401, title: 'A valid refresh token is required: sign in again' },
});
