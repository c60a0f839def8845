import type { KeysOfUser, SweptTable } from '@florin/invariants';

const walletsOfUser = 'SELECT id FROM wallets WHERE user_id = ?';

const byEntry: KeysOfUser = {
  owners: walletsOfUser,
  keys: `SELECT transfer_id AS k, sequence AS c FROM ledger_entries WHERE wallet_id = ? AND sequence > ? ORDER BY sequence LIMIT ?`,
  first: 0,
};

export const transfers = { table: 'transfers', key: 'id', column: 't.id', things: 'transfers', ofUser: byEntry };
export const entries = {
  table: 'ledger_entries',
  key: 'transfer_id',
  column: 'e.transfer_id',
  things: 'entries',
  ofUser: byEntry,
};

/** A table with the key `id`. `column`: the id in the rule's statement; `owner`: the column by which a user's rows are found. */
export function tableById(table: string, { column, owner }: { column: string; owner: 'user' | 'wallet' }): SweptTable {
  const keys = `SELECT id AS k, id AS c FROM ${table} WHERE ${owner}_id = ? AND id > ? ORDER BY id LIMIT ?`;
  const ofUser = { keys, first: Buffer.alloc(0), ...(owner === 'wallet' && { owners: walletsOfUser }) };
  return { table, key: 'id', column, things: table.replace('_', '-'), ofUser };
}
