export type AuditRule = {
  /** Its short name, by which it is chosen. */
  check: string;
  rule: string;
  over: AuditedTable;
  /** Finds the rows in a range of `over.column` that break the rule: `id`, and in `detail` what a person needs. */
  sql(range: string): string;
};

export type AuditedTable = {
  table: string;
  /** An indexed column. */
  key: string;
  /** That column as the statement calls it. */
  column: string;
  /** What its rows are, in the plural; left out where the rule goes through some of them only. */
  things?: string;
  /** How many keys make a page, where the usual number would be too many. */
  pageKeys?: number;
  /** How the keys that concern one user are found; left out where none do. */
  ofUser?: OfUser;
};

/** `keys` finds the keys `k` of an owner after `c`, of which `first` comes before all; its values are the owner's id, `c` and a limit. */
export type OfUser = { owner: 'user' | 'wallet'; keys: string; first: number | Buffer };

const byEntry: OfUser = {
  owner: 'wallet',
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

/** A table that is read by its id. `column`: the id in the statement; `owner`: whose rows make up a user's. */
export function tableById(table: string, { column, owner }: { column: string; owner: OfUser['owner'] }): AuditedTable {
  const keys = `SELECT id AS k, id AS c FROM ${table} WHERE ${owner}_id = ? AND id > ? ORDER BY id LIMIT ?`;
  return { table, key: 'id', column, things: table.replace('_', '-'), ofUser: { owner, keys, first: Buffer.alloc(0) } };
}
