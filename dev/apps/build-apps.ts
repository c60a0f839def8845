import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { runCommand } from '../../ops/programs/run-command.ts';
import { type AppName, apps } from './app-names.ts';

const root = join(import.meta.dirname, '../..');
/** Files outside of the workspaces that a build reads. */
const shared = [
  'package-lock.json',
  'tsconfig.apps.json',
  'tsconfig.check.json',
  'tsconfig.base.json',
  'ops/platform/services.ts',
];
/** Folders of builds and installed packages. */
const ignored = /(^|\/)(node_modules|dist[^/]*|test)(\/|$)/;

/**
 * Builds each app whose sources differ from those of its last build into `apps/<app>/dist`. The new build replaces the old one
 * at once, so that a running gateway serves one of the two.
 *
 * @returns the apps that were built
 */
export async function buildApps({ signal }: { signal: AbortSignal }): Promise<AppName[]> {
  const built = await Promise.all(apps.map((app) => buildIfChanged(app, signal)));
  return apps.filter((_, index) => built[index]);
}

export function appFolder(app: AppName): string {
  return join(root, 'apps', app);
}

/** The file that has the hash of the sources of the last build. */
export function recordOf(app: AppName): string {
  return join(root, '.florin/apps', app);
}

/** Node's arguments that run Vite. */
export function viteArguments(...args: readonly string[]): string[] {
  return [join(root, 'node_modules/vite/bin/vite.js'), ...args];
}

async function buildIfChanged(app: AppName, signal: AbortSignal): Promise<boolean> {
  const hash = await hashOfSources(app);
  const record = recordOf(app);
  const dist = join(appFolder(app), 'dist');
  if (existsSync(join(dist, 'index.html')) && (await read(record)) === hash) return false;
  const fresh = `${record}-${process.pid}`;
  await mkdir(dirname(record), { recursive: true });
  const former = `${fresh}-former`;
  try {
    const args = viteArguments('build', '--outDir', fresh, '--logLevel', 'warn', appFolder(app));
    await runCommand(process.execPath, args, { signal });
    if (existsSync(dist)) await rename(dist, former);
    await rename(fresh, dist);
  } finally {
    await Promise.all([fresh, former].map((folder) => rm(folder, { recursive: true, force: true })));
  }
  await writeFile(record, hash);
  return true;
}

async function hashOfSources(app: AppName): Promise<string> {
  const hash = createHash('sha256');
  for (const path of [...(await withPackages(`apps/${app}`)), ...shared]) await addToHash(hash, join(root, path));
  return hash.digest('hex');
}

/** Returns a workspace, and all packages of this repository that it depends on. */
async function withPackages(workspace: string): Promise<Set<string>> {
  const reached = new Set([workspace]);
  for (const one of reached) {
    const manifest = await readFile(join(root, one, 'package.json'), 'utf8');
    const { dependencies = {} } = JSON.parse(manifest) as { dependencies?: Record<string, string> };
    for (const name of Object.keys(dependencies)) {
      const [, folder] = /^@florin\/(.+)$/.exec(name) ?? [];
      if (folder !== undefined) reached.add(`packages/${folder}`);
    }
  }
  return reached;
}

async function addToHash(hash: Hash, path: string): Promise<void> {
  if (!existsSync(path)) return;
  for (const file of await filesOf(path))
    hash
      .update(relative(root, file))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
}

async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [path];
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.filter((file) => !ignored.test(relative(path, file))).sort();
}

async function read(file: string): Promise<string | undefined> {
  return existsSync(file) ? readFile(file, 'utf8') : undefined;
}
