import { type AccountMakers, createMissingUser } from './create-missing-user.ts';

/**
 * Creates the first admin. An existing admin keeps the password. An existing account that is not an admin is never promoted,
 * because anybody may have signed up with that address.
 */
export async function createFirstAdmin(makers: AccountMakers, admin: { email: string; password: string }): Promise<void> {
  const { roles } = await createMissingUser(makers, { ...admin, extraRoles: ['admin'] });
  if (roles.includes('admin')) return;
  throw new Error(
    'FLORIN_ADMIN_EMAIL names an account that is not an admin, and start-up promotes nobody: choose another email.',
  );
}
