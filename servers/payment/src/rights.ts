import { type DatabaseRights, joinRights } from '@florin/database';
import { messagingRights } from '@florin/messaging';
import { auditLogRights } from '@florin/runtime';
import { switchRights } from '@florin/service';

/** What payment's running user may do. The ledger is append-only, and no wallet, payment, hold or top-up is ever deleted. */
export const rights: DatabaseRights = joinRights(messagingRights, auditLogRights, switchRights, {
  tables: {
    accounts: ['INSERT'],
    adjustment_reviews: ['INSERT', 'UPDATE'],
    adjustments: ['INSERT'],
    erased_users: ['INSERT', 'UPDATE'],
    holds: ['INSERT', 'UPDATE'],
    ledger_entries: ['INSERT'],
    ledger_periods: ['INSERT', 'UPDATE'],
    ledger_snapshots: ['INSERT'],
    payments: ['INSERT', 'UPDATE'],
    personal_texts: ['INSERT', 'DELETE'],
    refunds: ['INSERT'],
    top_ups: ['INSERT', 'UPDATE'],
    transfers: ['INSERT'],
    wallets: ['INSERT', 'UPDATE'],
  },
  triggers: [
    'accounts_no_delete',
    'accounts_no_update',
    'adjustment_reviews_no_delete',
    'adjustment_reviews_no_update',
    'adjustments_no_delete',
    'adjustments_no_update',
    'adjustments_text',
    'audit_log_text',
    'erased_users_texts',
    'holds_no_delete',
    'holds_no_update',
    'ledger_entries_booking',
    'ledger_entries_no_delete',
    'ledger_entries_no_update',
    'refunds_no_delete',
    'refunds_no_update',
    'top_ups_no_delete',
    'top_ups_no_update',
    'transfers_no_delete',
    'transfers_no_update',
    'transfers_period',
  ],
});
