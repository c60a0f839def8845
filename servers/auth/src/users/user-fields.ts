import Joi, { type CustomHelpers, type ErrorReport, type StringSchema } from 'joi';
import { isCommonPassword, MIN_PASSWORD_LENGTH } from '../passwords/is-common-password.ts';

const EMAIL_LENGTH = 254;
const NAME_LENGTH = 100;
/** What may be sent: surrounding blanks count until they are taken off. */
const RAW_LENGTH = 1_000;

const address = Joi.string()
  .email({ tlds: { allow: false } })
  .max(EMAIL_LENGTH);

/** One spelling for one address: "  Alice@Example.com" and "alice@example.com" are the same account. */
export function normaliseEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase().normalize('NFC');
}

export const emailField: StringSchema = Joi.string()
  .max(RAW_LENGTH)
  .custom((raw: string, helpers) => {
    const email = normaliseEmail(raw);
    return address.validate(email).error ? helpers.error('string.email') : email;
  })
  .description(`At most ${EMAIL_LENGTH} characters; case and surrounding blanks do not matter`);

export const nameField: StringSchema = Joi.string()
  .max(RAW_LENGTH)
  .custom((raw: string, helpers) => normaliseName(raw, helpers))
  .description(`1 to ${NAME_LENGTH} characters`);

/** No rules of composition, which make passwords worse (NIST SP 800-63B): long enough, and not among the first to be guessed. */
export const newPasswordField: StringSchema = Joi.string()
  .min(MIN_PASSWORD_LENGTH)
  .max(128)
  .custom((password: string, helpers) =>
    isCommonPassword(password)
      ? helpers.message({ custom: '{{#label}} is one of the commonest passwords: choose another' })
      : password,
  )
  .description('Any characters; the commonest passwords are refused');

/** At sign-in a short password is a wrong one, not a malformed one. */
export const passwordField: StringSchema = Joi.string().max(128);

function normaliseName(raw: string, helpers: CustomHelpers): string | ErrorReport {
  const name = raw.trim().normalize('NFC');
  if (name === '') return helpers.error('string.empty');
  return name.length > NAME_LENGTH ? helpers.error('string.max', { limit: NAME_LENGTH }) : name;
}
