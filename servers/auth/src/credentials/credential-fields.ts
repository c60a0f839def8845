import { email, emailSpellings, MAX_EMAIL_LENGTH, secret, storedEmail } from '@florin/values';
import Joi, { type StringSchema } from 'joi';
import { MIN_PASSWORD_LENGTH } from './password-fault.ts';

const MAX_PASSWORD_LENGTH = 128;

/** The e-mail address of a new account. */
export const emailField: StringSchema = email();

/** Accepts any text at sign-in: an impossible address gets the same answer as an unknown one. */
export const signInEmailField: StringSchema = storedEmail();

/** The address of an existing account, created by this release or an earlier one. */
export const knownEmailField: StringSchema = storedEmail().custom((text: string, helpers) =>
  !MALFORMED.test(text) && emailSpellings(text).some(isAddress) ? text : helpers.error('string.email'),
);

/** Checks the length only. `assertGoodPassword` checks the rest, which depends on the user. */
export const newPasswordField: StringSchema = secret(MAX_PASSWORD_LENGTH)
  .min(MIN_PASSWORD_LENGTH)
  .description(
    'Any characters. Rejected if it is easy to guess: common passwords, keyboard walks, repetitions, sequences, dates, your own name or e-mail address',
  );

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
