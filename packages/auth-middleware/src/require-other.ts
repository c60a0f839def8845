import { AppError, requestErrors } from '@florin/app-response';

/**
 * Refuses what an admin or a member of staff does for their own account. Call it after the look-up of an idempotency key.
 *
 * @throws AppError OWN_ACCOUNT (403)
 */
export function requireOther(actorId: string, ownerId: string): void {
  if (actorId === ownerId) throw new AppError(requestErrors.OWN_ACCOUNT);
}
