import { type DatabaseRights, joinRights } from '@florin/database';
import { rateLimitRights } from '@florin/http';
import { messagingRights } from '@florin/messaging';
import { auditLogRights } from '@florin/runtime';
import { switchRights } from '@florin/service';

/** What auth's running user may do. Deleting signing keys is left to the command that rotates them. */
export const rights: DatabaseRights = joinRights(messagingRights, auditLogRights, switchRights, rateLimitRights, {
  tables: {
    first_admin: ['INSERT', 'UPDATE'],
    known_addresses: ['INSERT', 'UPDATE', 'DELETE'],
    refresh_tokens: ['INSERT', 'UPDATE', 'DELETE'],
    sessions: ['INSERT', 'UPDATE', 'DELETE'],
    signing_keys: ['INSERT', 'UPDATE'],
    users: ['INSERT', 'UPDATE'],
  },
  triggers: [],
});
