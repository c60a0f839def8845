import { type DatabaseRights, joinRights } from '@florin/database';
import { messagingRights } from '@florin/messaging';
import { auditLogRights } from '@florin/runtime';
import { switchRights } from '@florin/service';

/** What media's running user may do. An image's row never changes. */
export const rights: DatabaseRights = joinRights(messagingRights, auditLogRights, switchRights, {
  tables: {
    deleted_images: ['INSERT', 'DELETE'],
    image_owners: ['INSERT', 'UPDATE'],
    images: ['INSERT', 'DELETE'],
  },
  triggers: [],
});
