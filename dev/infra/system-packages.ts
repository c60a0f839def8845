import { findExecutables } from '../../ops/programs/find-executable.ts';
import { runCommand } from '../../ops/programs/run-command.ts';

export type Need = 'database' | 'java' | 'maven' | 'dump' | 'browser';

type Wanted = {
  what: string /** Debian's packages; of alternatives the first that the release has. */;
  packages: string[];
  isOneOf: boolean;
};

const wanted: Record<Need, Wanted> = {
  database: {
    what: 'a database server (MySQL >= 8.4 or MariaDB >= 10.11)',
    packages: ['mariadb-server-core', 'mariadb-client-core'],
    isOneOf: false,
  },
  java: {
    what: 'Java >= 17',
    packages: ['openjdk-17-jre-headless', 'openjdk-21-jre-headless', 'openjdk-25-jre-headless'],
    isOneOf: true,
  },
  dump: {
    what: "the database's dump tool",
    packages: ['mariadb-client', 'default-mysql-client'],
    isOneOf: true,
  },
  maven: { what: 'Apache Maven, to download Kafka', packages: ['maven'], isOneOf: false },
  browser: { what: 'Chromium, for the tests of web pages', packages: ['chromium'], isOneOf: false },
};

/** Installs all missing packages if this needs no password. Otherwise names them in an error. */
export async function installPackages(needs: Need[], signal: AbortSignal): Promise<void> {
  const asRoot = await aptAsRoot(signal);
  if (asRoot === undefined)
    throw new Error(howToInstall(needs, 'it cannot be installed without apt-get and root or a sudo that asks no password'));
  try {
    await asRoot(['update']);
    const packages = (await Promise.all(needs.map((need) => packagesFor(wanted[need])))).flat();
    await asRoot(['install', '--no-install-recommends', ...packages]);
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(howToInstall(needs, `installing it failed: ${(error as Error).message}`), { cause: error });
  }
}

export function howToInstall(needs: Need[], reason: string): string {
  const missing = needs.map((need) => wanted[need].what).join('; ');
  const packages = needs
    .map((need) => (wanted[need].isOneOf ? wanted[need].packages[0] : wanted[need].packages.join(' ')))
    .join(' ');
  return [
    `The embedded infrastructure needs ${missing}, and ${reason}.`,
    `On Debian or Ubuntu: sudo apt-get install --no-install-recommends ${packages}`,
    'Elsewhere install the same by your own means, on PATH; or set FLORIN_INFRA=compose, or =external with addresses of your own.',
  ].join('\n');
}

/** Runs apt-get as root; undefined without root access. */
export async function aptAsRoot(signal: AbortSignal): Promise<((args: readonly string[]) => Promise<string>) | undefined> {
  const prefix = await commandPrefix();
  if (prefix === undefined) return undefined;
  const apt = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y', '-o', 'DPkg::Lock::Timeout=120'];
  return (args) => {
    const [command = '', ...rest] = [...apt, ...args];
    return runCommand(command, rest, { signal });
  };
}

async function commandPrefix(): Promise<string[] | undefined> {
  if (findExecutables('apt-get').length === 0) return undefined;
  if (process.getuid?.() === 0) return [];
  return (await succeeds('sudo', ['-n', 'true'])) ? ['sudo', '-n'] : undefined;
}

async function packagesFor({ packages, isOneOf }: Wanted): Promise<string[]> {
  if (!isOneOf) return packages;
  for (const name of packages) if (await succeeds('apt-cache', ['show', name])) return [name];
  return packages.slice(0, 1);
}

async function succeeds(command: string, args: string[]): Promise<boolean> {
  return runCommand(command, args).then(
    () => true,
    () => false,
  );
}
