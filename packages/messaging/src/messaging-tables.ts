import { column, type DatabaseRights, defineTable } from '@florin/database';

export const outboxTable = defineTable('outbox', {
  id: column.integer('bigint unsigned').byDatabase(),
  eventId: column.id(),
  topic: column.text('varchar(100)'),
  messageKey: column.textBytes('varbinary(64)'),
  type: column.text('varchar(64)'),
  payload: column.text('mediumtext'),
  createdAt: column.time().byDatabase(),
});

export const parkedOutboxTable = defineTable('parked_outbox', {
  id: column.integer('bigint unsigned'),
  eventId: column.id(),
  topic: column.text('varchar(100)'),
  messageKey: column.textBytes('varbinary(64)'),
  type: column.text('varchar(64)'),
  payload: column.text('mediumtext'),
  createdAt: column.time(),
  parkedAt: column.time().byDatabase(),
  reason: column.text('varchar(1000)').orNull(),
});

export const inboxTable = defineTable('inbox', {
  consumer: column.text('varchar(64)'),
  eventId: column.bytes('binary(16)'),
  receivedAt: column.time().byDatabase(),
});

export const offsetsTable = defineTable('consumer_offsets', {
  consumer: column.text('varchar(64)'),
  topic: column.text('varchar(100)'),
  partitionId: column.integer('int'),
  nextOffset: column.text('bigint'),
});

export const deadLettersTable = defineTable('dead_letters', {
  arrival: column.integer('bigint unsigned').byDatabase(),
  id: column.id(),
  consumer: column.text('varchar(64)'),
  status: column.text<'dead' | 'parked'>('varchar(8)'),
  topic: column.text('varchar(100)'),
  partitionId: column.integer('int'),
  messageOffset: column.text('bigint'),
  messageKey: column.bytes('varbinary(255)').orNull(),
  value: column.bytes('mediumblob').orNull(),
  cause: column.text('varchar(200)').orNull(),
  reason: column.text('varchar(1000)').orNull(),
  attempts: column.integer('int unsigned').byDatabase(),
  createdAt: column.time().byDatabase(),
});

export const quarantinedTable = defineTable('quarantined', {
  consumer: column.text('varchar(64)'),
  messageKey: column.bytes('varbinary(255)'),
  createdAt: column.time().byDatabase(),
});

export const signatureStartsTable = defineTable('signature_starts', {
  topic: column.text('varchar(100)'),
  partitionId: column.integer('int'),
  signedFrom: column.text('bigint'),
});

/** All tables of this package, for a service's comparison of its definitions with its database. */
export const messagingTables = [
  outboxTable,
  parkedOutboxTable,
  inboxTable,
  offsetsTable,
  deadLettersTable,
  quarantinedTable,
  signatureStartsTable,
] as const;

/** Deleting a consumer's offsets, and requiring signatures, is left to commands, which run as the migrating user. */
export const messagingRights: DatabaseRights = {
  tables: {
    outbox: ['INSERT', 'DELETE'],
    parked_outbox: ['INSERT', 'DELETE'],
    inbox: ['INSERT', 'DELETE'],
    consumer_offsets: ['INSERT', 'UPDATE'],
    dead_letters: ['INSERT', 'UPDATE', 'DELETE'],
    quarantined: ['INSERT', 'UPDATE', 'DELETE'],
    signature_starts: [],
  },
  triggers: [],
};
