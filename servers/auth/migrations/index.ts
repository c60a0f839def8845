import type { Migration } from '@florin/database';
import { rateLimitMigrations } from '@florin/http';
import { messagingMigrations } from '@florin/messaging';
import { auditLogMigrations } from '@florin/runtime';
import { switchMigrations } from '@florin/service';
import { accounts } from './0001-accounts.ts';
import { accountLifecycle } from './0002-account-lifecycle.ts';
import { auditLogAndLimits } from './0003-audit-log-and-limits.ts';
import { parkedOutbox } from './0004-parked-outbox.ts';
import { signInSafety } from './0005-sign-in-safety.ts';
import { contacts } from './0006-contacts.ts';

export const migrations: readonly Migration[] = [
  accounts,
  accountLifecycle,
  auditLogAndLimits,
  parkedOutbox,
  signInSafety,
  contacts,
  ...messagingMigrations,
  ...auditLogMigrations,
  ...switchMigrations,
  ...rateLimitMigrations,
];
