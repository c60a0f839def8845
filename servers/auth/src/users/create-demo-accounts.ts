import type { CommandActor } from '@florin/runtime';
import { demoAccounts } from '../demo-accounts.ts';
import { type AccountMakers, createMissingUser } from './create-missing-user.ts';

/** Creates the demo buyer and the demo member of staff if they are missing. The admin comes from the settings. */
export async function createDemoAccounts(makers: AccountMakers, actor: CommandActor): Promise<void> {
  await createMissingUser(makers, demoAccounts.buyer, actor);
  await createMissingUser(makers, { ...demoAccounts.staff, extraRoles: ['staff'] }, actor);
}
