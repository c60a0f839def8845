import type { Knex } from 'knex';
import { type DatabaseRights, rightsOver } from './database-rights.ts';
import { createTriggerFunction } from './find-missing-triggers.ts';
import { openDatabase } from './open-database.ts';
import { query } from './query.ts';
import { readPrivileges } from './read-privileges.ts';

const TABLE_DENIED = 1142;
const DATABASE_DENIED = [1044, 1227, 1370];
const UNKNOWN_ACCOUNT = [1045, 1698];

/**
 * Gives the running user exactly the listed rights over the tables of a database, and the means to count its triggers. Rights that
 * the user holds over the whole schema or server stay: `checkRights` names them.
 *
 * @param db opened as the migrating user, which needs all rights over the database WITH GRANT OPTION
 * @param runningUrl the address with the running user. The user must exist, and needs no rights
 * @returns the statements that it ran: none if nothing was to change, or if both users are the same
 */
export async function grantRights(db: Knex, runningUrl: string, rights: DatabaseRights): Promise<string[]> {
  const [here] = await query<{ account: string; name: string }>(db, 'SELECT CURRENT_USER() AS account, DATABASE() AS name');
  const { account: ownAccount, name = '' } = here ?? {};
  const { account, held } = await readRunningUser(runningUrl, name);
  if (account === ownAccount) return [];
  const statements = differences({ held, rights, database: name, to: quotedAccount(account) });
  try {
    const trigger = await createTriggerFunction(db);
    for (const statement of statements) await db.raw(statement);
    await db.raw(`GRANT EXECUTE ON FUNCTION ${quoted(name)}.${trigger} TO ${quotedAccount(account)}`);
  } catch (error) {
    throw explained(error, { ownAccount, name });
  }
  return statements;
}

type Held = ReadonlyMap<string, readonly string[]>;
type RunningUser = { account: string; held: Held };

/** Only the user itself may always read its rights. It connects without a database, since it may have no right over one. */
async function readRunningUser(runningUrl: string, database: string): Promise<RunningUser> {
  const url = new URL(runningUrl);
  const user = decodeURIComponent(url.username);
  url.pathname = '/';
  const db = openDatabase({ url: url.href, poolMax: 1 });
  try {
    const [row] = await query<{ account: string }>(db, 'SELECT CURRENT_USER() AS account');
    const privileges = await readPrivileges(db, database);
    const held = new Map<string, string[]>();
    for (const { name, table, column, isHere } of privileges)
      if (isHere && table !== undefined && column === undefined) held.set(table, [...(held.get(table) ?? []), name]);
    return { account: row?.account ?? user, held };
  } catch (error) {
    if (!UNKNOWN_ACCOUNT.includes(numberOf(error))) throw error;
    throw new Error(
      `The running user ${user} cannot log in: create it, without rights: CREATE USER '${user}'@'%' IDENTIFIED BY '<its password>'`,
      { cause: error },
    );
  } finally {
    await db.destroy();
  }
}

type Change = { held: Held; rights: DatabaseRights; database: string; to: string };

function differences({ held, rights, database, to }: Change): string[] {
  const tables = new Set([...Object.keys(rights.tables), ...held.keys()]);
  return [...tables].sort().flatMap((table) => {
    const [wanted, has] = [rightsOver(rights, table), held.get(table) ?? []];
    const on = `ON ${quoted(database)}.${quoted(table)}`;
    const granted = wanted.filter((right) => !has.includes(right));
    const revoked = has.filter((right) => !wanted.includes(right));
    return [
      ...(granted.length === 0 ? [] : [`GRANT ${granted.join(', ')} ${on} TO ${to}`]),
      ...(revoked.length === 0 ? [] : [`REVOKE ${revoked.join(', ')} ${on} FROM ${to}`]),
    ];
  });
}

function explained(error: unknown, { ownAccount, name }: { ownAccount: string | undefined; name: string }): unknown {
  if (![TABLE_DENIED, ...DATABASE_DENIED].includes(numberOf(error))) return error;
  return new Error(
    `The migrating user ${ownAccount} may not grant rights over ${name}: run GRANT ALL ON ${quoted(name)}.* TO ${quotedAccount(ownAccount ?? '')} WITH GRANT OPTION as an administrator`,
    { cause: error },
  );
}

function numberOf(error: unknown): number {
  return (error as { errno?: number }).errno ?? 0;
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** `user@host` as CURRENT_USER() returns it; only the user may contain an @. */
function quotedAccount(account: string): string {
  const at = account.lastIndexOf('@');
  return `${quoted(account.slice(0, at))}@${quoted(account.slice(at + 1))}`;
}
