import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { type DatabaseAddress, readDatabaseUrl } from '@florin/values';
import { findExecutables } from '../programs/find-executable.ts';
import { runCommand } from '../programs/run-command.ts';

export type Access = DatabaseAddress & { url: string };

/** A client or dump program. MySQL's and MariaDB's have different options. */
export type ClientProgram = { path: string; isMysqls: boolean };

/**
 * Returns the access to a service's database for a backup: the address that the service uses, with BACKUP_DATABASE_USER and
 * BACKUP_DATABASE_PASSWORD (the embedded database's root by default).
 */
export function accessTo(url: string, environment: NodeJS.ProcessEnv): Access {
  const { BACKUP_DATABASE_USER: user = 'root', BACKUP_DATABASE_PASSWORD: password = '' } = environment;
  const parsed = new URL(url);
  parsed.username = encodeURIComponent(user);
  parsed.password = encodeURIComponent(password);
  return { ...readDatabaseUrl(parsed.href), url: parsed.href };
}

type ClientOptions = Pick<ClientProgram, 'isMysqls'> & {
  /** File of `withAuthorities`. */
  authorities: string | undefined;
};

/** Arguments and environment for the command-line client of either server. The environment carries the password. */
export function clientArguments(
  { host, port, user, password }: Access,
  { isMysqls, authorities }: ClientOptions,
): { args: string[]; env: NodeJS.ProcessEnv } {
  const args = [
    '--no-defaults',
    `--host=${host}`,
    `--port=${port}`,
    `--user=${user}`,
    '--protocol=TCP',
    '--default-character-set=utf8mb4',
    ...(authorities === undefined ? [] : tlsArguments(authorities, isMysqls)),
  ];
  return { args, env: { ...process.env, MYSQL_PWD: password } };
}

/** TLS is required, and the certificate has to name the host. */
function tlsArguments(authorities: string, isMysqls: boolean): string[] {
  const check = isMysqls ? ['--ssl-mode=VERIFY_IDENTITY'] : ['--ssl', '--ssl-verify-server-cert'];
  return [...check, `--ssl-ca=${authorities}`];
}

/** Writes the certificates that a server's certificate is checked with to a file, for as long as `work` runs: clients read no other form. */
export async function withAuthorities<T>(
  { tls }: Pick<Access, 'tls'>,
  work: (authorities: string | undefined) => Promise<T>,
): Promise<T> {
  if (tls === 'off') return work(undefined);
  const directory = await mkdtemp(join(tmpdir(), 'florin-authorities-'));
  try {
    const file = join(directory, 'ca.pem');
    await writeFile(file, tls.ca ?? rootCertificates.join('\n'));
    return await work(file);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** @throws Error with the package to install */
export async function findClient(): Promise<ClientProgram> {
  const [path] = ['mariadb', 'mysql'].flatMap(findExecutables);
  if (path !== undefined) return describeClient(path);
  throw new Error('Neither mariadb nor mysql is installed. On Debian or Ubuntu: sudo apt-get install mariadb-client');
}

/** The names do not tell: on Debian `mysqldump` may be MariaDB's. */
export async function describeClient(path: string): Promise<ClientProgram> {
  return { path, isMysqls: !(await runCommand(path, ['--version'])).includes('MariaDB') };
}
