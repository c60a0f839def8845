import { type AccountMakers, createMissingUser } from './create-missing-user.ts';

/**
 * Makes the first admin. Whoever has the account already keeps its password; an account that is no admin is never made one,
 * since anybody may have signed up with that email.
 */
export async function createFirstAdmin(makers: AccountMakers, admin: { email: string; password: string }): Promise<void> {
  const { roles } = await createMissingUser(makers, { ...admin, extraRoles: ['admin'] });
  if (roles.includes('admin')) return;
  throw new Error(
    'FLORIN_ADMIN_EMAIL names an account that is not an admin, and start-up promotes nobody: choose another email.',
  );
}
