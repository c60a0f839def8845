import type { Migration } from '@florin/runtime';
import { accounts } from './0001-accounts.ts';

export const migrations: readonly Migration[] = [accounts];
