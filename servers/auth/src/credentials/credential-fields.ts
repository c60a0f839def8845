import { email, emailSpellings, MAX_EMAIL_LENGTH, secret, storedEmail } from '@florin/values';
import Joi, { type StringSchema } from 'joi';
import { isCommonPassword, MIN_PASSWORD_LENGTH } from './is-common-password.ts';

const MAX_PASSWORD_LENGTH = 128;

/** The e-mail address of a new account. */
export const emailField: StringSchema = email();

/** Accepts any text at sign-in: an impossible address gets the same answer as an unknown one. */
export const signInEmailField: StringSchema = storedEmail();

/** The address of an existing account, created by this release or an earlier one. */
export const knownEmailField: StringSchema = storedEmail().custom((text: string, helpers) =>
  !MALFORMED.test(text) && emailSpellings(text).some(isAddress) ? text : helpers.error('string.email'),
);

/**
 * Has no composition rules, which make passwords worse (NIST SP 800-63B): only a minimum length and a list of common passwords.
 */
export const newPasswordField: StringSchema = secret(MAX_PASSWORD_LENGTH)
  .min(MIN_PASSWORD_LENGTH)
  .custom((password: string, helpers) =>
    isCommonPassword(password)
      ? helpers.message({ custom: '{{#label}} is one of the most common passwords: choose another' })
      : password,
  )
  .description('Any characters; the most common passwords are rejected');

/** Has no minimum length: at sign-in a short password is wrong, not malformed. */
export const passwordField: StringSchema = secret(MAX_PASSWORD_LENGTH);

/** Rejected by every release. */
const MALFORMED = /[\p{Cc}\p{Cs}]/u;
/** The rule of earlier releases. */
const address = Joi.string()
  .email({ tlds: { allow: false } })
  .max(MAX_EMAIL_LENGTH);

function isAddress(text: string): boolean {
  return address.validate(text).error === undefined;
}
