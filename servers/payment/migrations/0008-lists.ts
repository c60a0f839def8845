import type { Migration } from '@florin/database';

/** For the lists of holds, top-ups and payments: each index is the order of a list, newest first by time. */
export const lists: Migration = {
  name: '0008-lists',
  up: [
    `ALTER TABLE holds
        ADD KEY holds_time (created_at, id),
        ADD KEY holds_status_time (status, created_at, id),
        ADD KEY holds_user_time (user_id, created_at, id),
        ADD KEY holds_wallet_time (wallet_id, created_at, id)`,
    'ALTER TABLE top_ups ADD KEY top_ups_wallet_time (wallet_id, created_at, id)',
    // Every purchase writes these two; what staff ask of one user is read along the index that is there.
    'ALTER TABLE payments ADD KEY payments_time (created_at, id), ADD KEY payments_status_time (status, created_at, id)',
  ],
};
