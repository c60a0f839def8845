import {
  column,
  defineTable,
  execute,
  idBytes,
  insertRows,
  omitFields,
  query,
  type RowOf,
  readRow,
  type StoredRowOf,
} from '@florin/database';
import { country, line, named } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { findErased } from '../erased-users/index.ts';

/** Where a purchase goes. Stored in `purchase_addresses` only: never put it in events, the timeline, the audit log or logs. */
export type Address = {
  name: string;
  line1: string;
  line2?: string;
  postalCode: string;
  city: string;
  region?: string;
  country: string;
  phone?: string;
};

export const addressesTable = defineTable('purchase_addresses', {
  purchaseId: column.id(),
  userId: column.id(),
  name: column.text('varchar(100)'),
  line1: column.text('varchar(200)'),
  line2: column.text('varchar(200)').orNull(),
  postalCode: column.text('varchar(16)'),
  city: column.text('varchar(100)'),
  region: column.text('varchar(100)').orNull(),
  country: column.text('char(2)'),
  phone: column.text('varchar(40)').orNull(),
});

const fieldsTable = omitFields(addressesTable, ['purchaseId', 'userId']);

export const newAddressSchema = named(
  'NewAddress',
  Joi.object<Address, true>({
    name: line(100).required().description('Who receives the parcel'),
    line1: line(200).required(),
    line2: line(200),
    postalCode: line(16).required(),
    city: line(100).required(),
    region: line(100),
    country: country().required().description('A code of ISO 3166-1'),
    phone: line(40).description('For the carrier'),
  }),
);

export const addressSchema = named(
  'Address',
  Joi.object({
    name: Joi.string().required(),
    line1: Joi.string().required(),
    line2: Joi.string(),
    postalCode: Joi.string().required(),
    city: Joi.string().required(),
    region: Joi.string(),
    country: country().required().description('A code of ISO 3166-1'),
    phone: Joi.string(),
  } satisfies Record<keyof Address, Joi.Schema>),
);

export type PurchaseAddress = { purchaseId: string; userId: string; address: Address };

/** Saves addresses, or replaces them. Lock existing purchases first. */
export async function saveAddresses(trx: Knex.Transaction, addresses: readonly PurchaseAddress[]): Promise<void> {
  const rows = addresses.map(({ purchaseId, userId, address }) => ({
    purchaseId,
    userId,
    line2: null,
    region: null,
    phone: null,
    ...address,
  }));
  const onDuplicateKey = fieldsTable.cells.map(({ column: name }) => `${name} = VALUES(${name})`).join(', ');
  await insertRows(trx, addressesTable, rows, { onDuplicateKey });
}

/**
 * Saves the addresses of new purchases, except those of erased users. Saves first and looks afterwards: a concurrent erasure, which
 * cannot see the purchases yet, waits for the saved rows, or is found.
 */
export async function storeAddresses(trx: Knex.Transaction, addresses: readonly PurchaseAddress[]): Promise<void> {
  await saveAddresses(trx, addresses);
  const erased = await findErased(
    trx,
    addresses.map(({ userId }) => userId),
  );
  await eraseAddresses(trx, [...erased]);
}

/** Reads the address of a purchase; undefined if it has none. */
export async function readAddress(db: Knex, purchaseId: string): Promise<Address | undefined> {
  const rows = await query<StoredRowOf<typeof fieldsTable>>(
    db,
    `SELECT ${fieldsTable.list} FROM purchase_addresses WHERE purchase_id = ?`,
    [idBytes(purchaseId)],
  );
  return rows[0] && presentAddress(readRow(fieldsTable, rows[0]));
}

/** Deletes the addresses of users. Waits for transactions that are saving one. */
export async function eraseAddresses(trx: Knex.Transaction, userIds: readonly string[]): Promise<void> {
  if (userIds.length > 0) await execute(trx, 'DELETE FROM purchase_addresses WHERE user_id IN (?)', [userIds.map(idBytes)]);
}

function presentAddress({ line2, region, phone, ...address }: RowOf<typeof fieldsTable>): Address {
  return {
    ...address,
    ...(line2 === null ? {} : { line2 }),
    ...(region === null ? {} : { region }),
    ...(phone === null ? {} : { phone }),
  };
}
