import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { docker, runTool } from '../dev/compose/docker.ts';
import { registryOf, withRegistry } from './registry.ts';
import { type Plan, type Release, releaseFiles, requireReleaseFile, writeReleaseFile } from './release-files.ts';
import { GATEWAY, imagesOf, OPS, readWorkspaces } from './workspaces.ts';

/** Images that a target of the Dockerfile builds. Each other image is of one server. */
const targets = [OPS, GATEWAY];

export type StepOptions = { root: string; environment: NodeJS.ProcessEnv; onOutput(text: string): void };

/** Builds the planned images, each tagged with the commit. */
export async function buildImages({ root, environment, onOutput }: StepOptions): Promise<string[]> {
  const plan = await planOf(root);
  const tags = plan.build.map((name) => tagOf(environment, name, plan));
  for (const [index, name] of plan.build.entries()) {
    const which = targets.includes(name) ? ['--target', name] : ['--build-arg', `SERVER=${name}`];
    const revision = ['--label', `org.opencontainers.image.revision=${plan.commit}`];
    await docker(['build', ...which, ...revision, '--tag', tags[index] ?? '', '.'], { cwd: root, onOutput });
  }
  return tags;
}

/** Writes the npm packages of each built image as CycloneDX, from the lock file. */
export async function writeSboms({ root }: StepOptions): Promise<string[]> {
  const { build } = await planOf(root);
  const images = imagesOf(await readWorkspaces(root));
  for (const name of build) {
    const parts = images.find((image) => image.name === name)?.parts ?? [];
    const workspaces = parts.map(({ path }) => `--workspace=${path}`);
    const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--omit=dev', ...workspaces];
    const sbom = await runTool('npm', args, { cwd: root, onOutput: () => {} });
    const path = join(root, releaseFiles.sbom(name));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, sbom);
  }
  return build.map((name) => releaseFiles.sbom(name));
}

/** Scans each built image with FLORIN_SCANNER (default trivy). Fails for a severe vulnerability that has a fix. */
export async function scanImages({ root, environment, onOutput }: StepOptions): Promise<string[]> {
  const plan = await planOf(root);
  const tags = plan.build.map((name) => tagOf(environment, name, plan));
  for (const tag of tags) {
    const args = ['image', '--exit-code=1', '--severity=HIGH,CRITICAL', '--ignore-unfixed', tag];
    await runTool(environment['FLORIN_SCANNER'] || 'trivy', args, { cwd: root, onOutput });
  }
  return tags;
}

/** Pushes the built images and writes the digests of all images, new and unchanged, to `build/release/images.json`. */
export async function pushImages({ root, environment, onOutput }: StepOptions): Promise<Release> {
  const plan = await planOf(root);
  const images = { ...plan.keep };
  if (plan.build.length > 0) {
    await withRegistry(environment, onOutput, async (env) => {
      for (const name of plan.build) {
        const tag = tagOf(environment, name, plan);
        await docker(['push', tag], { cwd: root, env, onOutput });
        images[name] = await digestOf(tag, { cwd: root, onOutput });
      }
    });
  }
  const release = { commit: plan.commit, images };
  await writeReleaseFile(root, releaseFiles.images, release);
  return release;
}

type Options = Parameters<typeof docker>[1];

async function digestOf(tag: string, options: Options): Promise<string> {
  const digests = await docker(['image', 'inspect', '--format', '{{range .RepoDigests}}{{println .}}{{end}}', tag], options);
  const repository = tag.slice(0, tag.lastIndexOf(':'));
  const digest = digests.split('\n').find((line) => line.startsWith(`${repository}@sha256:`));
  if (digest === undefined) throw new Error(`${tag} was pushed, but docker knows no digest of it`);
  return digest;
}

function planOf(root: string): Promise<Plan> {
  return requireReleaseFile<Plan>(root, releaseFiles.plan, 'plan');
}

function tagOf(environment: NodeJS.ProcessEnv, name: string, { commit }: Plan): string {
  return `${registryOf(environment)}/florin-${name}:${commit}`;
}
