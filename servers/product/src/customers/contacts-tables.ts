import { column, defineTable } from '@florin/database';

/** Copies of the users' e-mail addresses and names. Those of erased users are deleted by a trigger. */
export const contactsTable = defineTable('contacts', {
  userId: column.id(),
  email: column.text('varchar(254)'),
  name: column.text('varchar(100)').orNull(),
  /** The sequence of the event that brought them. */
  version: column.integer('bigint'),
});

/** The keys by which staff find a contact, see `searchKeysOf`. Deleted with the contact. */
export const contactKeysTable = defineTable('contact_keys', {
  searchKey: column.textBytes('varbinary(255)'),
  userId: column.id(),
});
