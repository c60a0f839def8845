import { defineErrors } from '@florin/app-response';

export const accountErrors = defineErrors({
  INVALID_CREDENTIALS: {
    status: 401,
    title: 'Wrong e-mail address or password',
    meaning: 'No account has this e-mail address with this password. The answer does not tell which of the two is wrong.',
    action: 'Ask the user to check both.',
  },
  REAUTHENTICATION_REQUIRED: {
    status: 403,
    title: 'The current password is required',
    meaning: 'The session is too old for this action without the current password.',
    action: 'Ask the user for their password and send it as `currentPassword`, or sign in again.',
  },
  PASSWORD_TOO_WEAK: {
    status: 422,
    title: 'The password is too easy to guess',
    meaning: "The password is common, or it contains the user's own data.",
    action: 'Ask for another password. `errors` names the fault.',
  },
});
