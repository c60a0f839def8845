import { FlorinProblem } from '@florin/client';

export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 128;
export const MAX_NAME_LENGTH = 100;
const MAX_EMAIL_LENGTH = 254;

/** The id of a text that says what is wrong; undefined if nothing is. */
type Fault = string | undefined;

/** Finds typing errors only. Whether the address exists shows later. */
export function emailFault(email: string): Fault {
  const text = email.trim();
  if (text === '') return 'session.email.empty';
  return /^[^\s@]+@[^\s@]+$/.test(text) && text.length <= MAX_EMAIL_LENGTH ? undefined : 'session.email.malformed';
}

export function newPasswordFault(password: string): Fault {
  if (password === '') return 'session.newPassword.empty';
  if (password.length < MIN_PASSWORD_LENGTH) return 'session.newPassword.short';
  return password.length > MAX_PASSWORD_LENGTH ? 'session.newPassword.long' : undefined;
}

export function currentPasswordFault(password: string): Fault {
  return password === '' ? 'session.password.empty' : undefined;
}

export function nameFault(name: string): Fault {
  return name.trim().length > MAX_NAME_LENGTH ? 'session.name.long' : undefined;
}

/**
 * Finds the field that a refusal is about.
 *
 * @returns the field and the id of the text, without which the text of the code is shown; undefined if the refusal is about none of
 * the fields
 */
export function refusedField(error: unknown): { field: 'email' | 'password' | 'name'; text?: string } | undefined {
  if (!(error instanceof FlorinProblem)) return undefined;
  if (error.code === 'EMAIL_TAKEN') return { field: 'email' };
  if (error.code === 'PASSWORD_TOO_WEAK') return { field: 'password' };
  if (error.code !== 'VALIDATION_FAILED') return undefined;
  const [path] = error.errors.map((fault) => fault.path);
  if (path === 'email') return { field: 'email', text: 'session.email.malformed' };
  if (path === 'name') return { field: 'name', text: 'session.name.refused' };
  return path === 'password' ? { field: 'password', text: 'session.newPassword.short' } : undefined;
}
