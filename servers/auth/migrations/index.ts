import type { Migration } from '@florin/runtime';
import { accounts } from './0001-accounts.ts';
import { accountLifecycle } from './0002-account-lifecycle.ts';

export const migrations: readonly Migration[] = [accounts, accountLifecycle];
