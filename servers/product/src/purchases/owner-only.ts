import { type AuthenticatedUser, isStaff } from '@florin/auth-middleware';

/** For `readPurchase`: a buyer sees their own purchases only, staff see all. */
export function ownerOnly(user: AuthenticatedUser): { ownerId?: string } {
  return isStaff(user) ? {} : { ownerId: user.id };
}
