import { email, emailSpellings, MAX_EMAIL_LENGTH, secret, storedEmail } from '@florin/values';
import Joi, { type StringSchema } from 'joi';
import { isCommonPassword, MIN_PASSWORD_LENGTH } from './is-common-password.ts';

const PASSWORD_LENGTH = 128;

/** The address of a new account. */
export const emailField: StringSchema = email();

/** Any text at sign-in: an address that no account can have answers like one that no account has. */
export const signInEmailField: StringSchema = storedEmail();

/** The address of an account that is there, made by this release or an earlier one. */
export const knownEmailField: StringSchema = storedEmail().custom((text: string, helpers) =>
  !MALFORMED.test(text) && emailSpellings(text).some(isAddress) ? text : helpers.error('string.email'),
);

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

/** No release took these. */
const MALFORMED = /[\p{Cc}\p{Cs}]/u;
/** The rule of earlier releases. */
const address = Joi.string()
  .email({ tlds: { allow: false } })
  .max(MAX_EMAIL_LENGTH);

function isAddress(text: string): boolean {
  return address.validate(text).error === undefined;
}
