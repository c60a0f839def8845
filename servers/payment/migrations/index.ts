import type { Migration } from '@florin/database';
import { messagingMigrations } from '@florin/messaging';
import { auditLogMigrations } from '@florin/runtime';
import { switchMigrations } from '@florin/service';
import { ledger } from './0001-ledger.ts';
import { auditLog } from './0002-audit-log.ts';
import { holdsTopUpsLimits } from './0003-holds-top-ups-limits.ts';
import { accountsStatements } from './0004-accounts-statements.ts';
import { erasedUsers } from './0005-erased-users.ts';
import { parkedOutbox } from './0006-parked-outbox.ts';
import { sentHashes } from './0007-sent-hashes.ts';
import { lists } from './0008-lists.ts';
import { dailySpending } from './0009-daily-spending.ts';
import { accountRows } from './0010-accounts.ts';
import { personalTexts } from './0011-personal-texts.ts';
import { adjustmentReviews } from './0012-adjustment-reviews.ts';
import { partialRefunds } from './0013-partial-refunds.ts';

export const migrations: readonly Migration[] = [
  ledger,
  auditLog,
  holdsTopUpsLimits,
  accountsStatements,
  erasedUsers,
  parkedOutbox,
  sentHashes,
  lists,
  dailySpending,
  accountRows,
  personalTexts,
  adjustmentReviews,
  partialRefunds,
  ...messagingMigrations,
  ...auditLogMigrations,
  ...switchMigrations,
];
