import type { Knex } from 'knex';
import { type DatabaseRights, rightsOver } from './database-rights.ts';
import { findMissingTriggers } from './find-missing-triggers.ts';
import { query } from './query.ts';
import { type Privilege, readPrivileges } from './read-privileges.ts';

/** How the current user and the database differ from a list of rights. Each line names one object. */
export type RightsReport = {
  user: string;
  /** Without these the service fails. */
  missing: string[];
  missingTriggers: string[];
  /** The service does not need these. */
  excess: string[];
};

const MAX_SHOWN = 6;

/** Compares the rights of the current user and the triggers of the database with a list. */
export async function checkRights(db: Knex, rights: DatabaseRights): Promise<RightsReport> {
  const [here] = await query<{ user: string; name: string }>(db, 'SELECT CURRENT_USER() AS user, DATABASE() AS name');
  const { user = '', name = '' } = here ?? {};
  const privileges = await readPrivileges(db, name);
  const missing = missingRights(privileges, rights);
  const maySee = privileges.some((one) => one.name === 'TRIGGER' && one.isHere && one.table === undefined);
  // Without its rights the user could not ask.
  const missingTriggers = missing.length > 0 ? [] : await findMissingTriggers(db, rights.triggers, maySee);
  return { user, missing, missingTriggers, excess: [...excessRights(privileges, rights), ...(await grantedRoles(db))] };
}

/** A right over a table is also part of the same right over its schema or everything. */
function missingRights(privileges: readonly Privilege[], rights: DatabaseRights): string[] {
  const has = (right: string, table: string): boolean =>
    privileges.some(
      (one) => one.isHere && one.name === right && one.column === undefined && (one.table === undefined || one.table === table),
    );
  return Object.keys(rights.tables).flatMap((table) => {
    const lacking = rightsOver(rights, table).filter((right) => !has(right, table));
    return lacking.length === 0 ? [] : [`${lacking.join(', ')} on ${table}`];
  });
}

function excessRights(privileges: readonly Privilege[], rights: DatabaseRights): string[] {
  const byObject = new Map<string, string[]>();
  for (const { name, schema = '*', table = '*', column, isHere } of privileges) {
    const isListed = isHere && column === undefined && rightsOver(rights, table).includes(name);
    const object = `${schema}.${table}${column === undefined ? '' : `.${column}`}`;
    if (!isListed) byObject.set(object, [...(byObject.get(object) ?? []), name]);
  }
  return Array.from(byObject, ([object, names]) => `${shorten(names.sort())} on ${object}`);
}

function shorten(names: readonly string[]): string {
  const further = names.length - MAX_SHOWN;
  return further > 0 ? `${names.slice(0, MAX_SHOWN).join(', ')} and ${further} more` : names.join(', ');
}

/** A role brings rights that the other lists do not show. */
async function grantedRoles(db: Knex): Promise<string[]> {
  const rows = await query<{ name: string }>(
    db,
    "SELECT DISTINCT role_name AS name FROM information_schema.applicable_roles WHERE role_name <> 'PUBLIC'",
  );
  return rows.map(({ name }) => `the role ${name}`);
}
