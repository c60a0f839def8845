import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { connectToServer } from '@florin/database';
import { withDatabaseTls } from '@florin/values';
import type { RowDataPacket } from 'mysql2/promise';
import { findExecutables, isExecutable } from '../../ops/programs/find-executable.ts';
import { runCommand } from '../../ops/programs/run-command.ts';
import { type Child, type Launch, untilReady } from './child-processes.ts';
import type { DatabaseServer } from './find-database-server.ts';
import type { InfraSecurity } from './infra-security.ts';

export type DatabaseOptions = {
  home: string;
  port: number;
  /** With it, the server takes no connection without TLS. */
  security?: InfraSecurity | undefined;
  isDurable: boolean;
  signal: AbortSignal;
};

/**
 * For tests, which create and drop some hundred databases: with these, one with the tables of a service takes two thirds of the
 * processor time and a third of the wall time. The data survives the end of the server, but not that of the machine.
 */
const notDurable: readonly string[] = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-flush-method=nosync',
  // A file for each table costs more than its pages. Not every server has this option.
  '--loose-innodb-file-per-table=OFF',
];

/** Starts the server, waits until it answers and returns its version. Creates missing data first. */
export async function startDatabase(
  server: DatabaseServer,
  launch: (what: Omit<Launch, 'directory'>) => Child,
  { home, port, security, isDurable, signal }: DatabaseOptions,
): Promise<string> {
  const data = join(home, 'data');
  if (!existsSync(data)) await initialize(server, home, signal);
  const args = [
    '--no-defaults',
    `--datadir=${data}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--socket=',
    `--pid-file=${join(home, 'server.pid')}`,
    '--skip-name-resolve',
    '--skip-log-bin',
    '--character-set-server=utf8mb4',
    '--default-time-zone=+00:00',
    '--max-connections=600',
    '--innodb-buffer-pool-size=512M',
    ...(isDurable ? ['--innodb-flush-log-at-trx-commit=1'] : notDurable),
    ...(server.flavour === 'mysql' ? ['--mysqlx=OFF', '--performance-schema=OFF', '--secure-file-priv=NULL'] : []),
    ...(security ? await tlsArguments(home, security) : []),
    ...runAsRoot(),
  ];
  const child = launch({ name: 'database', command: server.executable, args, home });
  return untilReady(child, { timeoutMs: 120_000, signal }, () => selectVersion(rootUrl(port, security)));
}

/** URL of the administrator, without a database in the path. */
export function rootUrl(port: number, security: InfraSecurity | undefined): string {
  return withDatabaseTls(`mysql://root@127.0.0.1:${port}`, security ? { ca: security.ca } : 'off');
}

async function tlsArguments(home: string, { ca, server }: InfraSecurity): Promise<string[]> {
  const path = (name: string): string => join(home, `${name}.pem`);
  await writeFile(path('ca'), ca);
  await writeFile(path('certificate'), server.certificate);
  await writeFile(path('key'), server.key, { mode: 0o600 });
  return [
    `--ssl-ca=${path('ca')}`,
    `--ssl-cert=${path('certificate')}`,
    `--ssl-key=${path('key')}`,
    '--require-secure-transport=ON',
  ];
}

/** Creates the data in a temporary folder and renames it: partial data of a killed launcher is never used. */
async function initialize(server: DatabaseServer, home: string, signal: AbortSignal): Promise<void> {
  const temporary = join(home, 'data.tmp');
  await rm(temporary, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await (server.flavour === 'mysql' ? initializeMysql : initializeMariadb)(server, temporary, signal);
  await rename(temporary, join(home, 'data'));
}

async function initializeMariadb({ executable }: DatabaseServer, data: string, signal: AbortSignal): Promise<void> {
  const nearby = ['../bin', '../scripts', '.'].map((folder) => join(dirname(executable), folder, 'mariadb-install-db'));
  const installer = [...nearby.filter(isExecutable), ...findExecutables('mariadb-install-db')][0];
  if (installer === undefined)
    throw new Error(`There is ${executable} but no mariadb-install-db: install all of MariaDB's server package`);
  const args = [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--skip-name-resolve',
  ];
  await runCommand(installer, [...args, ...runAsRoot()], { signal });
}

async function initializeMysql({ executable }: DatabaseServer, data: string, signal: AbortSignal): Promise<void> {
  // The server creates root@localhost only, which TCP clients cannot use without name resolution.
  const accounts = join(dirname(data), 'accounts.sql');
  await writeFile(accounts, "CREATE USER 'root'@'127.0.0.1';\nGRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;\n");
  const args = ['--no-defaults', `--datadir=${data}`, '--initialize-insecure', `--init-file=${accounts}`];
  await runCommand(executable, [...args, ...runAsRoot()], { signal });
}

async function selectVersion(url: string): Promise<string> {
  const connection = await connectToServer(url);
  try {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version');
    return String(rows[0]?.['version']);
  } finally {
    await connection.end();
  }
}

/** Both servers refuse to run as root without this option. */
function runAsRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}
