import type { Invariant } from '@florin/invariants';

const owners = { table: 'image_owners', key: 'user_id', column: 'o.user_id', things: 'owners of images' };

/** The invariants of images. Whether each has its file is checked by a periodic job: SQL does not see the storage. */
export const imageInvariants: readonly Invariant[] = [
  {
    check: 'erased-photos',
    rule: 'an erased user has no claim photos',
    over: owners,
    sql: (range) => `SELECT o.user_id AS id, CONCAT(COUNT(*), ' claim photos of a user who was erased') AS detail
            FROM image_owners o JOIN images i ON i.owner_id = o.user_id AND i.purpose = 'claim'
           WHERE ${range} AND o.erased_at IS NOT NULL
           GROUP BY o.user_id`,
  },
];
