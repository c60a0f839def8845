import { docker } from '../dev/compose/docker.ts';
import { forEachService, type ServiceName, serviceNames } from '../ops/platform/service-names.ts';
import { services } from '../ops/platform/services.ts';
import { withRegistry } from './registry.ts';
import { type Release, releaseFiles, requireReleaseFile, writeReleaseFile } from './release-files.ts';
import type { StepOptions } from './release-images.ts';
import { smokeTest } from './smoke-test.ts';
import { GATEWAY, OPS } from './workspaces.ts';

export type DeployOptions = StepOptions & {
  /** `staging` or `production`; settings such as FLORIN_STAGING_DOCKER_HOST locate it. */
  target: string;
};

const PROJECT = 'florin';
const servers = serviceNames;
/** Services with demo data, which docker-compose.yml creates outside production. */
const seeded = services.flatMap(({ name, hasSeed }): ServiceName[] => (hasSeed ? [name] : []));

/** Records the digests of the running images before a change; null if nothing runs. */
export async function recordRunning(options: DeployOptions): Promise<Release | null> {
  const images: Record<string, string> = {};
  for (const name of [...servers, GATEWAY]) {
    const printed = await compose(['ps', '--quiet', name], { ...options, onOutput: () => {} });
    const [container] = printed.split('\n').filter(Boolean);
    if (container !== undefined) images[name] = await imageOf(container, options);
  }
  const running = servers.every((server) => images[server] !== undefined) ? { commit: 'as recorded', images } : null;
  await writeReleaseFile(options.root, releaseFiles.previous(options.target), running);
  return running;
}

/** Migrates databases and topics with the new images, while the old ones run. */
export async function migrateTarget(options: DeployOptions): Promise<void> {
  await chooseImages(options, await newRelease(options.root));
  await withRegistry(options.environment, options.onOutput, async (env) => {
    for (const server of servers) await compose(['run', '--rm', `migrate-${server}`], options, env);
  });
}

export async function deployRelease(options: DeployOptions): Promise<Release> {
  const release = await newRelease(options.root);
  await start(options, release);
  return release;
}

/** Records the release that the next build is compared with. */
export async function noteGood(root: string): Promise<Release> {
  const release = await newRelease(root);
  await writeReleaseFile(root, releaseFiles.good, release);
  return release;
}

/**
 * Deploys the recorded release again and tests it. The schema stays: migrations keep what older releases need.
 *
 * @throws Error if nothing ran before
 */
export async function rollBack(options: DeployOptions, smokeTimeoutMs: number): Promise<Release> {
  const file = releaseFiles.previous(options.target);
  const previous = await requireReleaseFile<Release | null>(options.root, file, `record ${options.target}`);
  if (previous === null) throw new Error(`Nothing ran in ${options.target} before: there is nothing to go back to.`);
  await start(options, previous);
  await smokeTest({ urls: urlsOf(options), timeoutMs: smokeTimeoutMs });
  return previous;
}

/** Public address of an environment, from settings such as FLORIN_STAGING_URL. */
export function urlsOf({ environment, target }: Pick<DeployOptions, 'environment' | 'target'>): Record<ServiceName, string> {
  const url = environment[settingOf(target, 'URL')];
  if (!url) throw new Error(`Set ${settingOf(target, 'URL')} to the address of the gateway of ${target}.`);
  return forEachService(() => url);
}

async function start(options: DeployOptions, release: Release): Promise<void> {
  await chooseImages(options, release);
  await withRegistry(options.environment, options.onOutput, (env) =>
    compose(['up', '--detach', '--no-build', '--remove-orphans'], options, env),
  );
}

function newRelease(root: string): Promise<Release> {
  return requireReleaseFile<Release>(root, releaseFiles.images, 'push');
}

/** Overrides the images of docker-compose.yml by digest: services, migrations, demo data, gateway and operators' commands. */
async function chooseImages({ root, target }: DeployOptions, { images }: Release): Promise<void> {
  const overlaid = servers.flatMap((server) =>
    [server, `migrate-${server}`, ...(seeded.includes(server) ? [`seed-${server}`] : [])].map((name) => {
      const image = images[server];
      if (image === undefined) throw new Error(`The release has no image of ${server}.`);
      return [name, { image, pull_policy: 'missing' }] as const;
    }),
  );
  // A release recorded from running containers has no image of the operators' commands.
  const others = [GATEWAY, OPS].flatMap((name) => {
    const image = images[name];
    return image === undefined ? [] : [[name, { image, pull_policy: 'missing' }] as const];
  });
  await writeReleaseFile(root, releaseFiles.compose(target), { services: Object.fromEntries([...overlaid, ...others]) });
}

async function compose(
  args: readonly string[],
  { root, environment, target, onOutput }: DeployOptions,
  registry: NodeJS.ProcessEnv = {},
): Promise<string> {
  const host = environment[settingOf(target, 'DOCKER_HOST')];
  if (!host) throw new Error(`Set ${settingOf(target, 'DOCKER_HOST')} to the docker of ${target}, such as ssh://deploy@host.`);
  const { FLORIN_ENV_FILE: settings } = environment;
  const isChosen = args[0] !== 'ps';
  const files = ['--file', 'docker-compose.yml', ...(isChosen ? ['--file', releaseFiles.compose(target)] : [])];
  return docker(['compose', '--project-name', PROJECT, ...files, ...(settings ? ['--env-file', settings] : []), ...args], {
    cwd: root,
    env: { ...registry, DOCKER_HOST: host },
    onOutput,
  });
}

async function imageOf(container: string, options: DeployOptions): Promise<string> {
  const { root, environment, target } = options;
  const docked = { cwd: root, env: { DOCKER_HOST: environment[settingOf(target, 'DOCKER_HOST')] }, onOutput: () => {} };
  const image = (await docker(['inspect', '--format', '{{.Config.Image}}', container], docked)).trim();
  if (image.includes('@sha256:')) return image;
  const [digest] = (
    await docker(['image', 'inspect', '--format', '{{range .RepoDigests}}{{println .}}{{end}}', image], docked)
  ).split('\n');
  if (!digest) throw new Error(`What runs as ${image} in ${target} has no digest, so a roll-back could not find it again.`);
  return digest;
}

function settingOf(target: string, name: string): string {
  return `FLORIN_${target.toUpperCase()}_${name}`;
}
