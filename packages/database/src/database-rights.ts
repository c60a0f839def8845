/** A right of the running user over a table, besides SELECT. */
export type TableRight = 'INSERT' | 'UPDATE' | 'DELETE';

/**
 * The rights of a service's running user, and the triggers that it relies on. Migrations and the start of the service apply and
 * check them.
 *
 * The release before runs beside this one, so the list loses a right or a trigger one release after the code stopped using it.
 */
export type DatabaseRights = {
  /** Every table. The user may read each; an append-only table has INSERT alone. */
  tables: Readonly<Record<string, readonly TableRight[]>>;
  /** Every trigger. */
  triggers: readonly string[];
};

/** Joins lists: those of shared packages and those of a service. */
export function joinRights(...parts: readonly DatabaseRights[]): DatabaseRights {
  return {
    tables: Object.assign({}, ...parts.map(({ tables }) => tables)) as DatabaseRights['tables'],
    triggers: parts.flatMap(({ triggers }) => triggers),
  };
}

/** The rights over a table with SELECT, in a fixed order. */
export function rightsOver({ tables }: DatabaseRights, table: string): string[] {
  const rights = tables[table];
  return rights === undefined ? [] : ['SELECT', ...rights];
}
