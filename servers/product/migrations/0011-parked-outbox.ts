import { parkedOutboxTable } from '@florin/messaging';
import { type Migration, runStatements } from '@florin/runtime';

export const parkedOutbox: Migration = {
  name: '0011-parked-outbox',
  up: (db) => runStatements(db, [parkedOutboxTable]),
};
