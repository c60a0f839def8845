import { column, defineTable } from '@florin/database';
import type { Transfer } from './transfer.ts';

export const transfersTable = defineTable(
  'transfers',
  {
    id: column.id(),
    type: column.text<Transfer['type']>('varchar(32)'),
    amountMinor: column.money(),
    currency: column.text('char(3)'),
    purchaseId: column.id().orNull(),
    reversesTransferId: column.id().orNull(),
    sourceId: column.id().orNull(),
    createdAt: column.time().byDatabase(),
  },
  { unread: ['period_number'] },
);

export const entriesTable = defineTable('ledger_entries', {
  transferId: column.id(),
  line: column.integer('tinyint unsigned'),
  account: column.text('varchar(32)'),
  walletId: column.id().orNull(),
  amountMinor: column.money(),
  currency: column.text('char(3)'),
  sequence: column.integer('bigint').orNull(),
  balanceAfterMinor: column.money().orNull(),
  type: column.text('varchar(32)').orNull(),
  createdAt: column.time().byDatabase(),
});

export const snapshotsTable = defineTable('ledger_snapshots', {
  periodNumber: column.integer('bigint'),
  account: column.text('varchar(32)'),
  currency: column.text('char(3)'),
  debitMinor: column.text('decimal(38,0)'),
  creditMinor: column.text('decimal(38,0)'),
  entries: column.text('bigint'),
});
