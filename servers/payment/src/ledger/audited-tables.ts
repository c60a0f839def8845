export type AuditRule = {
  /** Short name, for options and reports. */
  check: string;
  rule: string;
  over: AuditedTable;
  /** Selects `id` and `detail` of the rows in a range of `over.column` that break the rule. */
  sql(range: string): string;
};

export type AuditedTable = {
  table: string;
  /** An indexed column. */
  key: string;
  /** The same column in the rule's statement. */
  column: string;
  /** Plural of what the rows are; missing if the rule checks only some rows. */
  things?: string;
  /** Number of keys in a page, if the default is too many. */
  pageKeys?: number;
  /** Finds the keys of one user; missing if rows have no user. */
  ofUser?: OfUser;
};

/** `keys` selects an owner's keys `k` after cursor `c`, which starts at `first`. Its values: the owner's id, `c` and a limit. */
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

/** A table with the key `id`. `column`: the id in the rule's statement; `owner`: the column by which a user's rows are found. */
export function tableById(table: string, { column, owner }: { column: string; owner: OfUser['owner'] }): AuditedTable {
  const keys = `SELECT id AS k, id AS c FROM ${table} WHERE ${owner}_id = ? AND id > ? ORDER BY id LIMIT ?`;
  return { table, key: 'id', column, things: table.replace('_', '-'), ofUser: { owner, keys, first: Buffer.alloc(0) } };
}
