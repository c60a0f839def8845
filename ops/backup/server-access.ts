import type { ConnectionOptions } from 'mysql2/promise';
import { findExecutables } from '../programs/find-executable.ts';

export type Access = ConnectionOptions & { host: string; port: number; user: string; password: string; database: string };

/**
 * Returns the access to a service's database for a backup: the address that the service uses, with BACKUP_DATABASE_USER and
 * BACKUP_DATABASE_PASSWORD (the embedded database's root by default).
 */
export function accessTo(url: string, environment: NodeJS.ProcessEnv): Access {
  const { hostname, port, pathname } = new URL(url);
  const { BACKUP_DATABASE_USER: user = 'root', BACKUP_DATABASE_PASSWORD: password = '' } = environment;
  return { host: hostname, port: Number(port || 3306), user, password, database: decodeURIComponent(pathname.slice(1)) };
}

/** Arguments and environment for the command-line client of either server. The environment carries the password. */
export function clientArguments({ host, port, user, password }: Access): { args: string[]; env: NodeJS.ProcessEnv } {
  const args = [
    '--no-defaults',
    `--host=${host}`,
    `--port=${port}`,
    `--user=${user}`,
    '--protocol=TCP',
    '--default-character-set=utf8mb4',
  ];
  return { args, env: { ...process.env, MYSQL_PWD: password } };
}

/** @throws Error with the package to install */
export function findClient(names: readonly string[]): string {
  const found = names.flatMap(findExecutables)[0];
  if (found !== undefined) return found;
  throw new Error(`Neither ${names.join(' nor ')} is installed. On Debian or Ubuntu: sudo apt-get install mariadb-client`);
}
