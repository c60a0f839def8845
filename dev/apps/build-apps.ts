import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { runCommand } from '../../ops/programs/run-command.ts';

export const apps = ['storefront', 'console'] as const;
export type AppName = (typeof apps)[number];

const root = join(import.meta.dirname, '../..');
/** Files and folders outside of an app that its build reads. */
const shared = ['packages/ui', 'packages/client', 'package-lock.json', 'tsconfig.apps.json', 'tsconfig.base.json'];
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

async function buildIfChanged(app: AppName, signal: AbortSignal): Promise<boolean> {
  const hash = await hashOfSources(app);
  const record = join(root, '.florin/apps', app);
  const dist = join(root, 'apps', app, 'dist');
  if (existsSync(join(dist, 'index.html')) && (await read(record)) === hash) return false;
  const fresh = `${dist}-${process.pid}`;
  try {
    await runVite(app, ['build', '--outDir', fresh, '--logLevel', 'warn'], signal);
    await rm(dist, { recursive: true, force: true });
    await rename(fresh, dist);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  await mkdir(join(root, '.florin/apps'), { recursive: true });
  await writeFile(record, hash);
  return true;
}

function runVite(app: AppName, args: readonly string[], signal: AbortSignal): Promise<string> {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  return runCommand(process.execPath, [vite, ...args], { cwd: join(root, 'apps', app), signal });
}

async function hashOfSources(app: AppName): Promise<string> {
  const hash = createHash('sha256');
  for (const path of [`apps/${app}`, ...shared]) await addToHash(hash, join(root, path));
  return hash.digest('hex');
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
