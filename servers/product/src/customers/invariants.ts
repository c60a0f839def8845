import type { Invariant } from '@florin/invariants';

/** The invariants of contacts. */
export const customerInvariants: readonly Invariant[] = [
  {
    check: 'erased-contacts',
    rule: 'no contact of an erased user is stored',
    over: { table: 'contacts', key: 'user_id', column: 'c.user_id', things: 'contacts' },
    sql: (range) => `SELECT c.user_id AS id, 'the user is erased' AS detail
            FROM contacts c JOIN erased_users e ON e.user_id = c.user_id
           WHERE ${range}`,
  },
  {
    check: 'contact-keys',
    rule: 'each contact can be found',
    over: { table: 'contacts', key: 'user_id', column: 'c.user_id', things: 'contacts' },
    sql: (range) => `SELECT c.user_id AS id, 'the contact has no search keys' AS detail
            FROM contacts c LEFT JOIN contact_keys k ON k.user_id = c.user_id
           WHERE ${range} AND k.user_id IS NULL`,
  },
];
