/** Reads rows of one service's database. All statements of a sweep go through the same one, so that a snapshot is possible. */
export type Query = <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;

/** What one page of a sweep read, and the rows in it that break the rule. */
export type SweptPage = { rows: number; broken: readonly BrokenRow[] };

/** `id`: a BINARY(16) id, a message key or a text. `detail`: what a person needs to know, with amounts marked by `markedAmount`. */
export type BrokenRow = { id: unknown; detail: string };

type Named = {
  /** Its short name, by which an operator chooses it. */
  check: string;
  /** The rule as a sentence. */
  rule: string;
};

/** A rule that one statement checks for a range of rows. */
export type RowInvariant = Named & {
  over: SweptTable;
  /** Finds the rows in a range of `over.column` that break the rule, as `id` and `detail`. */
  sql(range: string): string;
};

/** A rule that needs more than one statement. It is checked for everybody, never for one user alone. */
export type SweepInvariant = Named & {
  /** What the rows are, in the plural; left out where the rule covers only some of the table's rows. */
  things?: string;
  sweep(query: Query): AsyncGenerator<SweptPage, void>;
};

/** A rule that stored data always keeps. It lives beside its tables, in the feature's `invariants.ts`. */
export type Invariant = RowInvariant | SweepInvariant;

export type SweptTable = {
  table: string;
  /** An indexed column. */
  key: string;
  /** The same column as the statement names it. */
  column: string;
  /** What the rows are, in the plural; left out where the rule covers only some of the table's rows. */
  things?: string;
  /** Maximum number of keys in a page, where the default (2000) is too many. */
  pageKeys?: number;
  /** How to find the keys that concern one user; left out where none do. */
  ofUser?: KeysOfUser;
};

export type KeysOfUser = {
  /** Finds the ids of a user's owners (such as wallets); left out where the user owns the rows. */
  owners?: string;
  /** Finds an owner's keys `k` in the order of `c`. Its values are the owner's id, the last `c` and a limit. */
  keys: string;
  /** A `c` before every other. */
  first: number | Buffer;
};
