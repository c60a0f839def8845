import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

type Manifest = { name: string; version: string; private?: boolean; dependencies?: Record<string, string> };

export type Workspace = {
  kind: 'package' | 'server';
  /** The folder's name: `auth` of `servers/auth`. */
  folder: string;
  path: string;
  manifest: Manifest;
};

/** The packages and servers of a checkout, each with its package.json. */
export async function readWorkspaces(root: string): Promise<Workspace[]> {
  const kinds = { package: 'packages', server: 'servers' } as const;
  const found: Workspace[] = [];
  for (const kind of ['package', 'server'] as const) {
    for (const folder of (await readdir(join(root, kinds[kind]))).sort()) {
      const path = join(kinds[kind], folder);
      const manifest = JSON.parse(await readFile(join(root, path, 'package.json'), 'utf8')) as Manifest;
      found.push({ kind, folder, path, manifest });
    }
  }
  return found;
}

/** The workspaces that one is made of: itself and what it depends on, however far. */
export function withDependencies(workspace: Workspace, all: readonly Workspace[]): Set<Workspace> {
  const reached = new Set([workspace]);
  for (const one of reached) {
    for (const name of Object.keys(one.manifest.dependencies ?? {})) {
      const dependency = all.find(({ manifest }) => manifest.name === name);
      if (dependency !== undefined) reached.add(dependency);
    }
  }
  return reached;
}
