import { parkedOutboxTable } from '@florin/messaging';
import { type Migration, runStatements } from '@florin/runtime';

export const parkedOutbox: Migration = {
  name: '0006-parked-outbox',
  up: (db) => runStatements(db, [parkedOutboxTable]),
};
