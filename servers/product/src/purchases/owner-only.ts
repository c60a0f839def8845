import { type AuthenticatedUser, isStaff } from '@florin/auth-middleware';

/** Options of `readPurchase`: buyers see their own purchases, staff see all. */
export function ownerOnly(user: AuthenticatedUser): { ownerId?: string } {
  return isStaff(user) ? {} : { ownerId: user.id };
}
