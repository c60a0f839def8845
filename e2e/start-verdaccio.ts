import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '@florin/testing';
import { findFreePorts } from '../dev/platform/free-ports.ts';

const run = promisify(execFile);
const AT_ONCE = 4;

export type Registry = {
  url: string;
  /** Token of a user who may publish. */
  token: string;
  /** Publishes these installed packages and their dependencies, so that no other registry is needed. */
  takeIn(names: readonly string[]): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Starts a private registry for tests, without an upstream registry. Only signed-in users can publish `@florin` packages. Others are
 * published by anybody, because Verdaccio checks the password for each request, by bcrypt: 17 s of processor time for 190 packages.
 */
export async function startVerdaccio({ root, directory }: { root: string; directory: string }): Promise<Registry> {
  const [port = 0] = await findFreePorts(1);
  const url = `http://127.0.0.1:${port}/`;
  const configuration = join(directory, 'verdaccio.yaml');
  await mkdir(directory, { recursive: true });
  await writeFile(
    configuration,
    `storage: ${join(directory, 'storage')}
auth: { htpasswd: { file: ${join(directory, 'htpasswd')} } }
packages:
  '@florin/*': { access: $all, publish: $authenticated }
  '**': { access: $all, publish: $all }
max_body_size: 100mb
log: { type: stdout, format: json, level: error }
`,
  );
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules/verdaccio/bin/verdaccio'), '--config', configuration, '--listen', `127.0.0.1:${port}`],
    { cwd: directory, env: process.env, stdio: 'ignore' },
  );
  await eventually(async () => (await fetch(`${url}-/ping`)).text());
  const token = await signUp(url);
  return {
    url,
    token,
    takeIn: async (names) => {
      const waiting = await installedWith(root, names);
      const next = async (): Promise<void> => {
        for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) await put(join(root, path), url);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, next));
    },
    async stop() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function signUp(url: string): Promise<string> {
  const body = JSON.stringify({ name: 'alice', password: 'correct horse battery', email: 'alice@florin.example', type: 'user' });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}-/user/org.couchdb.user:alice`, { method: 'PUT', headers, body });
  return ((await response.json()) as { token: string }).token;
}

type Locked = { version?: string; dependencies?: Record<string, string>; peerDependencies?: Record<string, string> };

/** Returns the folders of packages and all their dependencies, resolved as node does. */
async function installedWith(root: string, names: readonly string[]): Promise<string[]> {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const find = (from: string, name: string): string | undefined => {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
      const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
      if (packages[path]) return path;
      if (at === '') return undefined;
    }
  };
  const reached = new Set(names.flatMap((name) => find('', name) ?? []));
  for (const path of reached) {
    for (const name of Object.keys(packages[path]?.dependencies ?? {})) {
      const found = find(path, name);
      if (found !== undefined) reached.add(found);
    }
  }
  // One folder for each version: the registry would confuse two tarballs of one version.
  const versionOf = (path: string): string => `${path.slice(path.lastIndexOf('node_modules/'))}@${packages[path]?.version}`;
  return [...new Map([...reached].map((path) => [versionOf(path), path])).values()];
}

/** Publishes as npm does: the package's metadata with its tarball in one document. */
async function put(folder: string, url: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { name: string; version: string };
  const { name, version } = manifest;
  const options = { encoding: 'buffer', maxBuffer: 256e6 } as const;
  const how = ['-cz', '--transform=s,^\\.,package,', '--exclude=./node_modules', '-C', folder, '.'];
  const { stdout: tarball } = await run('tar', how, options);
  const file = `${name}-${version}.tgz`;
  const dist = {
    integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
    shasum: createHash('sha1').update(tarball).digest('hex'),
    tarball: `${url}${name}/-/${file}`,
  };
  const body = JSON.stringify({
    _id: name,
    name,
    'dist-tags': { [`v${version.replaceAll(/\W/g, '-')}`]: version },
    versions: { [version]: { ...manifest, dist } },
    _attachments: {
      [file]: { content_type: 'application/octet-stream', data: tarball.toString('base64'), length: tarball.length },
    },
  });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url + name.replace('/', '%2f'), { method: 'PUT', headers, body });
  if (!response.ok) throw new Error(`${name}@${version}: ${response.status} ${await response.text()}`);
}
