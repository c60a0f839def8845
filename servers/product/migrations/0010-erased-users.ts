import type { Migration } from '@florin/database';

/** Ids of users who were erased: no words about them and no number of a parcel to them are stored from then on. */
const table = `CREATE TABLE erased_users (
  user_id BINARY(16) NOT NULL PRIMARY KEY,
  erased_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
) ENGINE=InnoDB`;

export const erasedUsers: Migration = { name: '0010-erased-users', up: [table] };
