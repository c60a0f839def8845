import type { Knex } from 'knex';
import { query } from './query.ts';

/** A privilege of the current user. Without a schema it is global; without a table it covers the schema. */
export type Privilege = {
  name: string;
  schema: string | undefined;
  table: string | undefined;
  column: string | undefined;
  /** Whether it covers the current database, or a part of it. */
  isHere: boolean;
};

type Row = {
  name: string;
  schema_name: string | null;
  table_name: string | null;
  column_name: string | null;
  is_here: number;
};

/** `'user'@'host'`, as information_schema spells the current user. */
const GRANTEE = `CONCAT("'", LEFT(CURRENT_USER(), LENGTH(CURRENT_USER()) - LENGTH(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)) - 1),
  "'@'", SUBSTRING_INDEX(CURRENT_USER(), '@', -1), "'")`;

/** Reads the privileges of the current user that are more than a login. A schema may be a pattern, such as `shop\\_%`. */
export async function readPrivileges(db: Knex, database: string): Promise<Privilege[]> {
  const rows = await query<Row>(
    db,
    `SELECT privilege_type AS name, NULL AS schema_name, NULL AS table_name, NULL AS column_name, 1 AS is_here
       FROM information_schema.user_privileges WHERE grantee = ${GRANTEE} AND privilege_type <> 'USAGE'
     UNION ALL SELECT privilege_type, table_schema, NULL, NULL, ? LIKE table_schema
       FROM information_schema.schema_privileges WHERE grantee = ${GRANTEE}
     UNION ALL SELECT privilege_type, table_schema, table_name, NULL, ? = table_schema
       FROM information_schema.table_privileges WHERE grantee = ${GRANTEE}
     UNION ALL SELECT privilege_type, table_schema, table_name, column_name, ? = table_schema
       FROM information_schema.column_privileges WHERE grantee = ${GRANTEE}`,
    [database, database, database],
  );
  return rows.map((row) => ({
    name: row.name.toUpperCase(),
    schema: row.schema_name ?? undefined,
    table: row.table_name ?? undefined,
    column: row.column_name ?? undefined,
    isHere: Number(row.is_here) === 1,
  }));
}
