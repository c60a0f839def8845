import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../dev/compose/docker.ts';
import type { StepOptions } from './release-images.ts';
import { readWorkspaces, type Workspace, withDependencies } from './workspaces.ts';

export type PublishOptions = StepOptions & {
  /** Version of all packages. */
  version: string;
  /** False only packs and lists them. */
  isPublished: boolean;
};

const SEMVER = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/**
 * Publishes the packages that are not `private` to FLORIN_NPM_REGISTRY, under one version, dependencies first. The checkout
 * is unchanged: each package is packed in `build/release/packages`, with the version in it and in its dependencies.
 *
 * @returns `name@version` of each
 */
export async function publishPackages({ version, isPublished, ...options }: PublishOptions): Promise<string[]> {
  if (!SEMVER.test(version)) throw new Error(`${JSON.stringify(version)} is no version, such as 1.4.0 or 1.4.0-rc.1.`);
  const { root, environment } = options;
  const registry = environment['FLORIN_NPM_REGISTRY'];
  if (isPublished && !registry) throw new Error('Set FLORIN_NPM_REGISTRY to the address of the registry to publish to.');
  const packages = inOrder((await readWorkspaces(root)).filter(({ kind, manifest }) => kind === 'package' && !manifest.private));
  await rm(join(root, 'build/release/packages'), { recursive: true, force: true });
  const folders: string[] = [];
  for (const one of packages) folders.push(await makeUp(one, { root, version, packages }));
  if (!isPublished || !registry) {
    await runTool('npm', ['pack', '--dry-run', ...folders], { cwd: root, onOutput: options.onOutput });
  } else for (const folder of folders) await publish(folder, { ...options, registry, version });
  return packages.map(({ manifest }) => `${manifest.name}@${version}`);
}

function inOrder(packages: readonly Workspace[]): Workspace[] {
  const size = (one: Workspace): number => withDependencies(one, packages).size;
  return [...packages].sort((a, b) => size(a) - size(b));
}

type MakeUp = { root: string; version: string; packages: readonly Workspace[] };

async function makeUp({ folder, path, manifest }: Workspace, { root, version, packages }: MakeUp): Promise<string> {
  const to = join(root, 'build/release/packages', folder);
  await mkdir(to, { recursive: true });
  await cp(join(root, path, 'dist'), join(to, 'dist'), { recursive: true, filter: (file) => !file.endsWith('.tsbuildinfo') });
  await cp(join(root, path, 'README.md'), join(to, 'README.md'));
  const dependencies = Object.entries(manifest.dependencies ?? {}).map(([name, wanted]) => [
    name,
    packages.some((one) => one.manifest.name === name) ? version : wanted,
  ]);
  const published = { ...manifest, version, dependencies: Object.fromEntries(dependencies) as Record<string, string> };
  // The condition `source` works in this checkout only: sources are not published.
  const text = JSON.stringify(published, (key, value: unknown) => (key === 'source' ? undefined : value), 2);
  await writeFile(join(to, 'package.json'), `${text}\n`);
  return to;
}

type Publish = StepOptions & { registry: string; version: string };

/** Names the token in a configuration file, which npm fills from the environment: no argument and no file has the token. */
async function publish(folder: string, { root, environment, onOutput, registry, version }: Publish): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'florin-npm-'));
  try {
    const userconfig = join(home, 'npmrc');
    const { host, pathname } = new URL(registry);
    if (environment['NPM_TOKEN']) {
      await writeFile(userconfig, `//${host}${pathname.endsWith('/') ? pathname : `${pathname}/`}:_authToken=\${NPM_TOKEN}\n`);
    } else await writeFile(userconfig, '');
    const tag = version.includes('-') ? 'next' : 'latest';
    const args = [
      'publish',
      folder,
      `--registry=${registry}`,
      `--userconfig=${userconfig}`,
      `--tag=${tag}`,
      '--access=restricted',
    ];
    await runTool('npm', args, { cwd: root, onOutput });
  } finally {
    await rm(home, { recursive: true });
  }
}
