import { email, line, secret } from '@florin/values';
import type { StringSchema } from 'joi';
import { isCommonPassword, MIN_PASSWORD_LENGTH } from '../passwords/is-common-password.ts';

const NAME_LENGTH = 100;
const PASSWORD_LENGTH = 128;

export const emailField: StringSchema = email();

export const nameField: StringSchema = line(NAME_LENGTH)
  .custom((name: string) => name.normalize('NFC'))
  .description(`1 to ${NAME_LENGTH} characters`);

/** No rules of composition, which make passwords worse (NIST SP 800-63B): long enough, and not among the first to be guessed. */
export const newPasswordField: StringSchema = secret(PASSWORD_LENGTH)
  .min(MIN_PASSWORD_LENGTH)
  .custom((password: string, helpers) =>
    isCommonPassword(password)
      ? helpers.message({ custom: '{{#label}} is one of the commonest passwords: choose another' })
      : password,
  )
  .description('Any characters; the commonest passwords are refused');

/** At sign-in a short password is a wrong one, not a malformed one. */
export const passwordField: StringSchema = secret(PASSWORD_LENGTH);
