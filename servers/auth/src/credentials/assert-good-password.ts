import { AppError } from '@florin/app-response';
import { accountErrors } from './errors.ts';
import type { PasswordOwner } from './own-words.ts';
import { passwordFault } from './password-fault.ts';

/**
 * Checks a new password of this user, before it is hashed.
 *
 * @param field the name of the field in the request
 * @throws AppError PASSWORD_TOO_WEAK with the reason
 */
export function assertGoodPassword(password: string, owner: PasswordOwner, field: string): void {
  const fault = passwordFault(password, owner);
  if (fault === undefined) return;
  const message = `${field} ${fault}`;
  throw new AppError(accountErrors.PASSWORD_TOO_WEAK, { detail: message, errors: [{ path: field, message }] });
}
