export type DumpTool = { path: string; isMysqls: boolean };

/**
 * MariaDB's tool writes generated columns into its dumps, which MySQL refuses to load: a back-up that could not be restored. So MySQL
 * is dumped by its own; MariaDB takes either.
 *
 * @throws Error that says what to install
 */
export function chooseDumpTool(tools: readonly DumpTool[], serverVersion: string): DumpTool {
  const isMariadb = serverVersion.includes('MariaDB');
  const chosen = tools.find(({ isMysqls }) => isMariadb || isMysqls);
  if (chosen !== undefined) return chosen;
  if (tools.length === 0)
    throw new Error(
      'Neither mariadb-dump nor mysqldump is on this machine. On Debian or Ubuntu: sudo apt-get install mariadb-client, or mysql-client for MySQL',
    );
  throw new Error(
    `The server is MySQL ${serverVersion}, and what is on this machine is MariaDB's ${tools[0]?.path}, whose dumps MySQL does not load: install MySQL's mysqldump (its package is mysql-client).`,
  );
}
