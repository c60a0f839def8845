import type { Migration } from '@florin/runtime';
import { ledger } from './0001-ledger.ts';
import { auditLog } from './0002-audit-log.ts';

export const migrations: readonly Migration[] = [ledger, auditLog];
