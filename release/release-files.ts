import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What runs, or is to run: each server's image by its digest (`registry/florin-auth@sha256:…`), and those of `gateway` and `ops`. */
export type Release = { commit: string; images: Record<string, string> };

/** The images to build, and those that stay from the last good release. */
export type Plan = {
  commit: string;
  since: string | null;
  build: string[];
  keep: Record<string, string>;
  isDeploymentChanged: boolean;
};

/** Files that the steps of a release share, in `build/release/`. The pipeline keeps them with the build. */
export const releaseFiles = {
  /** The last release that worked in staging, from the pipeline's last good build. */
  good: 'build/release/good.json',
  plan: 'build/release/plan.json',
  images: 'build/release/images.json',
  /** The release that ran before in an environment: the target of a rollback. */
  previous: (environment: string) => `build/release/${environment}.previous.json`,
  compose: (environment: string) => `build/release/${environment}.compose.json`,
  sbom: (server: string) => `build/release/sbom/${server}.cdx.json`,
} as const;

export async function readReleaseFile<T>(root: string, file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(join(root, file), 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @throws Error that names the step that writes the file */
export async function requireReleaseFile<T>(root: string, file: string, step: string): Promise<T> {
  const content = await readReleaseFile<T>(root, file);
  if (content === undefined) throw new Error(`${file} is missing: run npm run release -- ${step} first.`);
  return content;
}

export async function writeReleaseFile(root: string, file: string, content: unknown): Promise<void> {
  const path = join(root, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(content, null, 2)}\n`);
}
