import type { Migration } from '@florin/database';

/** Erased accounts keep their row, which ledgers elsewhere refer to, without anything personal in it. */
const users = [
  'ALTER TABLE users DROP CONSTRAINT users_status',
  `ALTER TABLE users
     ADD CONSTRAINT users_status CHECK (status IN ('active', 'disabled', 'erased')),
     ADD COLUMN tokens_valid_from DATETIME(3) NULL,
     ADD KEY users_roles (roles, id),
     ADD KEY users_status_id (status, id)`,
];

/** What is pruned is found by it. */
const sessions = 'ALTER TABLE sessions ADD KEY sessions_ended_at (ended_at)';

export const accountLifecycle: Migration = {
  name: '0002-account-lifecycle',
  up: [...users, sessions],
};
