import { AppError, requestErrors } from '@florin/app-response';
import { type AuthenticatedUser, isStaff } from '@florin/auth-middleware';

/** Options of `readPurchase`: buyers see their own purchases, staff see all. */
export function ownerOnly(user: AuthenticatedUser): { ownerId?: string } {
  return isStaff(user) ? {} : { ownerId: user.id };
}

/**
 * The filter of lists: buyers see what is theirs, staff see all, or what is one user's.
 *
 * @throws AppError FORBIDDEN if a buyer asks for what is another user's
 */
export function whose(user: AuthenticatedUser, userId: string | undefined): { userId?: string } {
  if (isStaff(user)) return userId === undefined ? {} : { userId };
  if (userId !== undefined && userId !== user.id) throw new AppError(requestErrors.FORBIDDEN);
  return { userId: user.id };
}
