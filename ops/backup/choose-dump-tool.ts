import type { ClientProgram } from './server-access.ts';

/**
 * MariaDB's tool writes generated columns into its dumps, which MySQL cannot load. So MySQL needs its own tool; MariaDB takes
 * either.
 *
 * @throws Error with the package to install
 */
export function chooseDumpTool(tools: readonly ClientProgram[], serverVersion: string): ClientProgram {
  const isMariadb = serverVersion.includes('MariaDB');
  const chosen = tools.find(({ isMysqls }) => isMariadb || isMysqls);
  if (chosen !== undefined) return chosen;
  if (tools.length === 0)
    throw new Error(
      'Neither mariadb-dump nor mysqldump is installed. On Debian or Ubuntu: sudo apt-get install mariadb-client, or mysql-client for MySQL',
    );
  throw new Error(
    `The server is MySQL ${serverVersion}, which cannot load the dumps of MariaDB's ${tools[0]?.path}: install MySQL's mysqldump (package mysql-client).`,
  );
}
