import { findExecutables } from '../../ops/programs/find-executable.ts';
import { runCommand } from '../../ops/programs/run-command.ts';

export type DatabaseServer = { flavour: 'mysql' | 'mariadb'; version: string; executable: string };

const oldestVersions = { mysql: [8, 4], mariadb: [10, 11] } as const;

/** Finds the first server that is recent enough. `mysqld` may be MariaDB on Debian: its version decides. */
export async function findDatabaseServer(): Promise<DatabaseServer | undefined> {
  for (const executable of [...findExecutables('mysqld'), ...findExecutables('mariadbd')]) {
    const server = describeServer(executable, await runCommand(executable, ['--no-defaults', '--version']).catch(() => ''));
    if (server !== undefined && isNewEnough(server)) return server;
  }
  return undefined;
}

function describeServer(executable: string, versionLine: string): DatabaseServer | undefined {
  const version = /Ver ([\d.]+)/.exec(versionLine)?.[1];
  if (version === undefined) return undefined;
  return { flavour: /mariadb/i.test(versionLine) ? 'mariadb' : 'mysql', version, executable };
}

function isNewEnough({ flavour, version }: DatabaseServer): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldestVersions[flavour];
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
