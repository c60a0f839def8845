import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

type Manifest = { name: string; version: string; private?: boolean; dependencies?: Record<string, string> };

export type Workspace = {
  kind: 'package' | 'server' | 'app' | 'ops';
  /** Name of its folder, such as `auth` of `servers/auth`. */
  folder: string;
  path: string;
  manifest: Manifest;
};

/** An image and the workspaces that it includes, without their dependencies. */
export type Image = { name: string; parts: Workspace[] };

/** Image of the operators' commands, and its target in the Dockerfile. */
export const OPS = 'ops';
/** Image of nginx with the built apps, and its target in the Dockerfile. */
export const GATEWAY = 'gateway';

/** Reads the packages, servers, apps and operators' commands of a checkout, each with its package.json. */
export async function readWorkspaces(root: string): Promise<Workspace[]> {
  const read = async (kind: Workspace['kind'], path: string): Promise<Workspace> => {
    const manifest = JSON.parse(await readFile(join(root, path, 'package.json'), 'utf8')) as Manifest;
    return { kind, folder: basename(path), path, manifest };
  };
  const below = async (kind: Workspace['kind'], parent: string): Promise<Workspace[]> => {
    const folders = (await readdir(join(root, parent))).sort();
    return Promise.all(folders.map((folder) => read(kind, join(parent, folder))));
  };
  return [
    ...(await below('package', 'packages')),
    ...(await below('server', 'servers')),
    ...(await below('app', 'apps')),
    await read('ops', 'ops'),
  ];
}

/** Returns the images of a release: one for each server, that of the apps, and that of the operators' commands. */
export function imagesOf(workspaces: readonly Workspace[]): Image[] {
  const ofKind = (kind: Workspace['kind']): Workspace[] => workspaces.filter((workspace) => workspace.kind === kind);
  return [
    ...ofKind('server').map((server) => ({ name: server.folder, parts: [server] })),
    { name: GATEWAY, parts: ofKind('app') },
    { name: OPS, parts: ofKind('ops') },
  ];
}

/** Returns a workspace and all its dependencies among the workspaces. */
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
