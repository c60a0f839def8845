import type { Migration } from '@florin/runtime';
import { ledger } from './0001-ledger.ts';

export const migrations: readonly Migration[] = [ledger];
